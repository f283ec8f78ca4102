"""The page of a session's live time: recorded, corrected, by whom and why."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from courses.programme.models import Session
from livesessions.attendance.presenting import times as clocks
from livesessions.attendance.rules import minutes
from livesessions.attendance.rules.minutes import Interval
from livesessions.attendance.rules.times import Times, live
from livesessions.room.models import Room, Stage
from places import zones


def times_page(
    session: Session, room: Room | None, recorded: Sequence[Interval], made: Sequence[Times]
) -> dict[str, Any]:
    """What `attendance/times.html` shows."""
    zone = session.zone
    in_force = made[-1] if made else None
    counted = live(recorded, in_force)
    return {
        "zone": zone.key,
        "recorded": [_stretch(window, zone) for window in recorded],
        "counted": [_stretch(window, zone) for window in counted],
        "length": clocks.length(minutes.whole_seconds(counted)),
        "corrections": [correction(one, zone) for one in reversed(made)],
        "is_live": room is not None and room.stage in {Stage.LIVE, Stage.HOLD},
        "is_closed_by_itself": room is not None and room.is_closed_by_itself and not session.cancelled_at,
    }


def correction(made: Times, zone: ZoneInfo) -> dict[str, Any]:
    """One correction in words and clocks."""
    return {
        "start": _told(made.started_at, zone),
        "end": _told(made.ended_at, zone) if made.ended_at else "",
        "breaks": [_stretch(gap, zone) for gap in made.breaks],
        "reason": made.reason,
        "author": made.author,
        "made_at": made.made_at,
    }


def _stretch(interval: Interval, zone: ZoneInfo) -> dict[str, str]:
    length = clocks.length(int(interval.length.total_seconds()))
    return {"start": _told(interval.start, zone), "end": _told(interval.end, zone), "length": length}


def _told(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{zones.day(local)}, {clocks.clock(at, zone, seconds=True)}"
