"""The one place that reads the wall clock, so that a test can set it and a room can hold it.

The machine's clock may be set at any moment, by hand or by the network's time, also while a session is live. Minutes of
attendance are differences of instants, so a step of two days would be two days of attendance. While it is held, time
runs on evenly from where it was, whatever the machine's clock does; released, it is the machine's time again.
"""

import time
from datetime import UTC, datetime, timedelta

_held: tuple[datetime, float] | None = None  # an instant, and what the steady clock showed at it, in seconds


def now() -> datetime:
    """The present instant, aware, UTC. Rules never call this: they are given their time."""
    if (held := _held) is None:
        return datetime.now(UTC)
    since, then = held
    return since + timedelta(seconds=time.monotonic() - then)


def hold() -> None:
    """From now on this process does not follow the machine's clock when it is set. Holding it twice is holding it."""
    global _held
    if _held is None:
        _held = datetime.now(UTC), time.monotonic()


def release() -> None:
    """Follow the machine's clock again."""
    global _held
    _held = None


def iso(at: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and `Z`, the form of every instant on the wire."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
