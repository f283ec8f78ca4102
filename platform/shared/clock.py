"""The one place that reads the wall clock, so that a test can set it."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, aware, UTC. Rules never call this: they are given their time."""
    return datetime.now(UTC)


def iso(at: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and `Z`, the form of every instant on the wire."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
