"""Rooms: what one lacks, and whether its end can be taken back."""

from datetime import datetime, timedelta

from django.conf import settings

from courses.programme.models import TeamMember
from livesessions.room.models import Room
from livesessions.room.rules import stage


def missing_roles(room: Room, needed: list[str]) -> list[str]:
    """Those of the needed team roles that nobody has."""
    present = set(TeamMember.objects.filter(session=room.session_id, role__in=needed).values_list("role", flat=True))
    return [role for role in needed if role not in present]


def reopening_refusal(room: Room, at: datetime) -> str | None:
    """The error code why the end of this room cannot be taken back at `at`, None when it can."""
    session = room.session
    return stage.reopening_refusal(
        room.stage,
        is_past=at >= session.latest_end_at or session.cancelled_at is not None,
        closed_at=room.closed_at,
        at=at,
        within=timedelta(minutes=settings.SESSION_REOPEN_MINUTES),
    )
