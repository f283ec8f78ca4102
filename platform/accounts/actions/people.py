"""What people say about themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts.models import Licence, Person

FACTS = ("full_name", "profession", "specialty", "institution", "country", "region", "language")


@dataclass(frozen=True, slots=True)
class LicenceFacts:
    """A licence as its holder declares it."""

    country: str
    kind: str
    number: str
    jurisdiction: str = ""


@transaction.atomic
def describe(*, person: Person, facts: dict[str, str], licences: Sequence[LicenceFacts]) -> None:
    """Replace what `person` says of themselves; only the names in `FACTS` are taken.

    A licence that stays as it was keeps its verification; a changed one is a new declaration. Idempotent.
    """
    for name in FACTS:
        setattr(person, name, facts[name])
    person.save(update_fields=FACTS)
    kept: list[int] = []
    for told in dict.fromkeys(licences):
        licence, _ = Licence.objects.get_or_create(
            person=person,
            country=told.country,
            kind=told.kind,
            number=told.number,
            jurisdiction=told.jurisdiction,
            defaults={"profession": person.profession, "specialty": person.specialty},
        )
        kept.append(licence.pk)
    person.licences.exclude(pk__in=kept).delete()


def choose_language(*, person: Person, language: str) -> None:
    """Keep the language a person picked, for their mails and other browsers. Idempotent."""
    Person.objects.filter(pk=person.pk).update(language=language)
