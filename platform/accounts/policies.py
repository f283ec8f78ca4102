"""What a person may do by what they are to the whole house, or to an organisation. Nobody else decides.

An organisation is given as its row or its key.
"""

from django.contrib.auth.models import AnonymousUser

from accounts.models import Organisation, Person
from accounts.rules.roles import Role

Visitor = Person | AnonymousUser


def roles_in(person: Visitor, organisation: Organisation | int | None) -> frozenset[Role]:
    """What the person is there; nothing for strangers, closed accounts and no organisation."""
    if not isinstance(person, Person) or not person.is_active or organisation is None:
        return frozenset()
    key = organisation.pk if isinstance(organisation, Organisation) else organisation
    return person.roles.get(key, frozenset())


def organisations_as(person: Visitor, *wanted: Role) -> frozenset[int]:
    """The keys of the organisations in which the person is any of these."""
    if not isinstance(person, Person) or not person.is_active:
        return frozenset()
    return frozenset(key for key, held in person.roles.items() if held & frozenset(wanted))


def may_plan(person: Visitor, organisation: Organisation | int | None) -> bool:
    """Create and change the missions, courses, sessions and teams of this organisation: its coordinators."""
    return Role.COORDINATOR in roles_in(person, organisation)


def may_plan_somewhere(person: Visitor) -> bool:
    """Has something to plan: coordinators of any organisation."""
    return bool(organisations_as(person, Role.COORDINATOR))


def may_administer(person: Visitor) -> bool:
    """Make organisations and appoint their first coordinators: site administrators. It opens no case and no sheet."""
    return isinstance(person, Person) and person.is_active and person.is_superuser


def may_see_people(person: Visitor, organisation: Organisation | int) -> bool:
    """The organisation's people with their licences: its coordinators and verifiers, and site administrators."""
    return may_administer(person) or bool(roles_in(person, organisation) & {Role.COORDINATOR, Role.VERIFIER})


def may_see_people_somewhere(person: Visitor) -> bool:
    """As above, of any organisation."""
    return may_administer(person) or bool(organisations_as(person, Role.COORDINATOR, Role.VERIFIER))


def may_give_roles(person: Visitor, organisation: Organisation | int) -> bool:
    """Invite people and give or take their roles there: its coordinators, and site administrators."""
    return may_administer(person) or may_plan(person, organisation)


def may_verify(person: Visitor, organisation: Organisation | int) -> bool:
    """Say whether a licence is true: verifiers and coordinators; never one's own, which the action sees to."""
    return bool(roles_in(person, organisation) & {Role.COORDINATOR, Role.VERIFIER})


def may_close_account(person: Visitor, organisation: Organisation | int, target: Person) -> bool:
    """Close or reopen an account, or merge it into another: a coordinator, of somebody who is nothing elsewhere; site
    administrators anybody's. Nobody their own, and nobody who ranks higher.
    """
    if not isinstance(person, Person) or person.pk == target.pk:
        return False
    if may_administer(person):
        return True
    key = organisation.pk if isinstance(organisation, Organisation) else organisation
    is_elsewhere = bool(set(target.roles) - {key})
    return may_plan(person, organisation) and not (is_elsewhere or target.is_staff or target.is_superuser)


def may_change_rank(person: Visitor) -> bool:
    """Staff, administrators, groups and permissions in the back office: those who hold the highest themselves."""
    return may_administer(person)
