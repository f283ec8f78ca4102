"""Organisations, and who is what in them."""

from accounts.models import Organisation, Person
from accounts.policies import may_administer, organisations_as
from accounts.rules.roles import Role


def planned(person: Person) -> list[Organisation]:
    """Those the person coordinates, by name. One query."""
    return list(Organisation.objects.filter(pk__in=organisations_as(person, Role.COORDINATOR)))


def first_planned(person: Person) -> Organisation | None:
    """What a new mission or course begins with: the first of them. One query."""
    return Organisation.objects.filter(pk__in=organisations_as(person, Role.COORDINATOR)).first()


def looked_after(person: Person) -> list[Organisation]:
    """Those whose people the person may see: all of them for site administrators. One query."""
    own = organisations_as(person, Role.COORDINATOR, Role.VERIFIER)
    return list(Organisation.objects.all() if may_administer(person) else Organisation.objects.filter(pk__in=own))


def find(slug: str) -> Organisation | None:
    return Organisation.objects.filter(slug=slug).first()
