"""Rooms: what one lacks."""

from courses.programme.models import TeamMember
from livesessions.room.models import Room


def missing_roles(room: Room, needed: list[str]) -> list[str]:
    """Those of the needed team roles that nobody has."""
    present = set(TeamMember.objects.filter(session=room.session_id, role__in=needed).values_list("role", flat=True))
    return [role for role in needed if role not in present]
