"""Who works at a session."""

from django.db.models import Q

from accounts.models import Membership, Person, Role
from courses.programme.models import Session, TeamMember, TeamRole
from shared import plain_text


def of(session: Session) -> list[TeamMember]:
    """Surgeons first, in the order of the roles, then by name. One query."""
    rank = {role.value: number for number, role in enumerate(TeamRole)}
    members = TeamMember.objects.filter(session=session).select_related("person")
    return sorted(members, key=lambda member: (rank[member.role], plain_text.by_name(str(member.person))))


def staff_of(session: Session) -> list[Person]:
    """Who is told of what happens in the session's room: its team and its organisation's coordinators, each once. One
    query.
    """
    team = TeamMember.objects.filter(session=session)
    coordinators = Membership.objects.filter(organisation__courses=session.course_id, role=Role.COORDINATOR)
    staff = Q(pk__in=team.values("person")) | Q(pk__in=coordinators.values("person"))
    return list(Person.objects.filter(staff, is_active=True).order_by("pk"))
