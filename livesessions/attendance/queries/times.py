"""What the room recorded of a session's live time, and how coordinators corrected it."""

from datetime import datetime

from courses.programme.models import Session
from livesessions.attendance.models import TimesCorrection
from livesessions.attendance.rules import minutes
from livesessions.attendance.rules.minutes import Interval
from livesessions.attendance.rules.times import Times
from livesessions.room.models import LiveWindow, Room


def recorded(session: Session, room: Room | None, at: datetime) -> tuple[Interval, ...]:
    """The live windows, an open one until `at` and never past the session's bound. One query."""
    until = min(at, session.latest_end_at)  # past that the session is over, whoever forgot to say so
    windows = LiveWindow.objects.filter(room=room) if room else []
    intervals = [Interval(window.started_at, max(window.started_at, window.ended_at or until)) for window in windows]
    return tuple(minutes.join(intervals))


def corrections(room: Room | None) -> tuple[Times, ...]:
    """In the order they were made, the one in force last. One query, two when there are any."""
    made = TimesCorrection.objects.filter(room=room).select_related("author").prefetch_related("breaks") if room else []
    return tuple(
        Times(
            started_at=one.started_at,
            ended_at=one.ended_at,
            breaks=tuple(Interval(gap.started_at, gap.ended_at) for gap in one.breaks.all()),
            reason=one.reason,
            author=str(one.author),
            made_at=one.made_at,
        )
        for one in made
    )
