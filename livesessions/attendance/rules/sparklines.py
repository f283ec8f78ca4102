"""A line of presence as bars on a scale from the first live second to the last. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from livesessions.attendance.rules.minutes import Interval

WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Bar:
    """Left edge and width in thousandths of the scale."""

    x: int
    width: int


def bars(parts: Iterable[Interval], scale: Interval | None) -> list[Bar]:
    """The parts as bars, each at least one unit wide; nothing without a scale."""
    if scale is None or scale.end <= scale.start:
        return []
    length = scale.length.total_seconds()
    drawn = []
    for part in parts:
        x = int((part.start - scale.start).total_seconds() / length * WIDTH)
        end = int((part.end - scale.start).total_seconds() / length * WIDTH)
        drawn.append(Bar(x, max(1, end - x)))
    return drawn


def scale_of(windows: Iterable[Interval]) -> Interval | None:
    """From the start of the first window to the end of the last; None without a window."""
    known = list(windows)
    return Interval(min(w.start for w in known), max(w.end for w in known)) if known else None
