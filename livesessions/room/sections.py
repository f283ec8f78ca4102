"""What the live room shows on pages of other rooms."""

from datetime import datetime
from typing import Any

from django.conf import settings

from courses.programme.models import Session
from livesessions.room.models import Room, Stage
from livesessions.room.queries.rooms import reopening_refusal


def plan(session: Session, at: datetime) -> dict[str, Any]:
    """On a session's planning page: the room's end, to be set or taken back. One query."""
    room = Room.objects.select_related("session").filter(session=session).first()
    is_running = room is not None and room.stage in {Stage.LIVE, Stage.HOLD}
    return {
        "room_may_end": is_running,
        "room_is_overdue": is_running and at >= session.planned_end_at,
        "room_may_reopen": room is not None and reopening_refusal(room, at) is None,
        "reopen_minutes": settings.SESSION_REOPEN_MINUTES,
    }
