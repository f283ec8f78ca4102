"""Changing who works at a session."""

from django.db import transaction

from accounts.models import Person
from courses.programme.actions import team_mails
from courses.programme.events import TeamChanged
from courses.programme.models import Session, TeamMember, TeamRole
from courses.programme.policies import may_plan_session
from shared import plain_text
from shared.errors import DomainError
from web.bus import announce


@transaction.atomic
def assign(*, by: Person, session: Session, email: str, full_name: str, role: TeamRole) -> TeamMember:
    """Give the person with this e-mail a role, making the person (without a password) if need be, and invite them.

    Idempotent: the same role again changes nothing and mails nobody. Raises `plan.forbidden`, `session.cancelled`,
    `team.already` for another role in the same session, `team.name.needed` for an unknown e-mail without a name.
    """
    if not may_plan_session(by, session):
        raise DomainError("plan.forbidden")
    if Session.objects.select_for_update().get(pk=session.pk).cancelled_at:
        raise DomainError("session.cancelled")
    person = _person(plain_text.address(email), plain_text.line(full_name))
    member, is_new = TeamMember.objects.get_or_create(session=session, person=person, defaults={"role": role})
    if member.role != role:
        raise DomainError("team.already", field="email", name=str(person))
    if is_new:
        announce(TeamChanged(session.public_id, person.public_id))
        team_mails.send(member)
    return member


@transaction.atomic
def remove(*, by: Person, session: Session, person: str) -> None:
    """Take the person with this public id off the team. Idempotent. Raises `plan.forbidden`."""
    if not may_plan_session(by, session):
        raise DomainError("plan.forbidden")
    if TeamMember.objects.filter(session=session, person__public_id=person).delete()[0]:
        announce(TeamChanged(session.public_id, person))


def _person(email: str, full_name: str) -> Person:
    known = Person.objects.filter(email__iexact=email).first()
    if known is None and not full_name:
        raise DomainError("team.name.needed", field="full_name")
    return known or Person.objects.create_user(email, full_name=full_name)
