"""Who works at a session."""

from courses.programme.models import Session, TeamMember, TeamRole
from shared import plain_text


def of(session: Session) -> list[TeamMember]:
    """Surgeons first, in the order of the roles, then by name. One query."""
    rank = {role.value: number for number, role in enumerate(TeamRole)}
    members = TeamMember.objects.filter(session=session).select_related("person")
    return sorted(members, key=lambda member: (rank[member.role], plain_text.by_name(str(member.person))))
