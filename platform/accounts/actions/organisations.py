"""Making organisations."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from accounts import policies
from accounts.models import Organisation, Person
from shared.errors import DomainError
from shared.ids import public_id


def create(*, by: Person, name: str) -> Organisation:
    """A new organisation, with nobody in it yet. Sent twice it is one: names are unique.

    Raises `organisations.forbidden`, `organisations.name.needed`.
    """
    if not policies.may_administer(by):
        raise DomainError("organisations.forbidden")
    named = " ".join(name.split())
    if not named:
        raise DomainError("organisations.name.needed", field="name")
    known = Organisation.objects.filter(name__iexact=named).first()
    return known or _created(named)


def _created(name: str) -> Organisation:
    slug = slugify(name)[:48].strip("-") or public_id()
    try:
        with transaction.atomic():
            return Organisation.objects.get_or_create(name=name, defaults={"slug": slug})[0]
    except IntegrityError:  # another name with the same letters
        return Organisation.objects.get_or_create(name=name, defaults={"slug": f"{slug}-{public_id()[:6]}"})[0]
