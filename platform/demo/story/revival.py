"""Takes the demonstration's live session into a new day."""

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Greatest

from courses.programme.models import Session
from demo.story import sessions
from livesessions.room.actions import journal
from livesessions.room.models import LiveWindow, Room, Stage, Stream
from shared.clock import iso


def revive(room: Room, session: Session, *, live_at: datetime) -> None:
    """Let the session be live since `live_at`, inside the caller's transaction.

    No person may do this to a room that is over, so there is no action for it: the last live window closes when the
    session should have ended, a new one opens, and the journal says so.
    """
    LiveWindow.objects.filter(room=room, ended_at=None).update(
        ended_at=Greatest(F("started_at"), session.planned_end_at)
    )
    LiveWindow.objects.create(room=room, started_at=live_at)
    if room.is_stopped:
        journal.write(room=room, stream=Stream.ROOM, kind="safety.cleared", by=None, d={}, at=live_at)
    if room.stage != Stage.LIVE:
        change = {"stage": Stage.LIVE, "from": room.stage, "live_at": iso(live_at)}
        journal.write(room=room, stream=Stream.ROOM, kind="stage.changed", by=None, d=change, at=live_at)
    room.stage, room.is_stopped, room.live_at, room.ended_at = Stage.LIVE, False, live_at, None
    room.closed_at, room.is_closed_by_itself, room.reminded_at = None, False, None
    room.save(
        update_fields=["stage", "is_stopped", "live_at", "ended_at", "closed_at", "is_closed_by_itself", "reminded_at"]
    )
    session.starts_at = session.live_at = live_at
    session.planned_end_at, session.ended_at = live_at + sessions.LENGTH, None
    session.save(update_fields=["starts_at", "planned_end_at", "live_at", "ended_at"])
