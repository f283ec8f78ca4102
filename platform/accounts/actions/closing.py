"""Closing and reopening accounts, and making one person of two."""

from django.db import IntegrityError, transaction
from django.db.models import ManyToOneRel, Model, OneToOneRel

from accounts import policies
from accounts.models import Organisation, Person
from shared.errors import DomainError


@transaction.atomic
def set_open(*, by: Person, organisation: Organisation, person: Person, is_open: bool) -> None:
    """Close the account, so that nothing opens with it any more, or open it again. What the person did stays.

    Idempotent. Raises `people.forbidden`.
    """
    if not policies.may_close_account(by, organisation, person):
        raise DomainError("people.forbidden")
    if person.is_active != is_open:
        person.is_active = is_open
        person.save(update_fields=["is_active"])


@transaction.atomic
def merge(*, by: Person, organisation: Organisation, double: Person, into: Person) -> int:
    """Hand everything the double has to `into` and close the double. Returns how many rows stayed with the double,
    because `into` has the same already (a registration for the same session, the same licence).

    Journals, which are never rewritten, keep the double's name. Idempotent. Raises `people.forbidden`,
    `people.merge.same`, `people.merge.closed`.
    """
    if double.pk == into.pk:
        raise DomainError("people.merge.same", field="email")
    if not all(policies.may_close_account(by, organisation, person) for person in (double, into)):
        raise DomainError("people.forbidden")
    people = {person.pk: person for person in Person.objects.select_for_update().filter(pk__in=[double.pk, into.pk])}
    if not people[into.pk].is_active:
        raise DomainError("people.merge.closed", field="email")
    left = sum(_hand_over(relation, double, into) for relation in _relations())
    if double.is_active:
        double.is_active = False
        double.save(update_fields=["is_active"])
    return left


def _relations() -> list[ManyToOneRel]:
    """Every foreign key to a person, of every room; many-to-many and the login library's own rows stay."""
    relations = [rel for rel in Person._meta.related_objects if isinstance(rel, ManyToOneRel | OneToOneRel)]
    return [rel for rel in relations if rel.related_model._meta.app_label not in {"account", "admin"}]


def _hand_over(relation: ManyToOneRel, double: Person, into: Person) -> int:
    name, model = relation.field.name, relation.related_model
    rows: list[Model] = list(model._default_manager.filter(**{name: double}))
    return sum(not _is_handed(row, name, into) for row in rows)


def _is_handed(row: Model, name: str, into: Person) -> bool:
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**{name: into})
    except IntegrityError:
        return False
    return True
