"""Instants and lengths as a sheet writes them, in the event's zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from livesessions.attendance.rules.minutes import Interval


def clock(at: datetime | None, zone: ZoneInfo, *, seconds: bool = False) -> str:
    """Hours and minutes, with seconds where they matter; empty for no instant."""
    return date_format(at.astimezone(zone), "H:i:s" if seconds else "H:i") if at else ""


def length(seconds: int) -> str:
    """`1:02:03`, or `2:03` below an hour."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def stretch(interval: Interval, zone: ZoneInfo) -> dict[str, str]:
    """An interval as `start`, `end` and `length`."""
    return {
        "start": clock(interval.start, zone, seconds=True),
        "end": clock(interval.end, zone, seconds=True),
        "length": length(int(interval.length.total_seconds())),
    }
