"""From spans to minutes: joined, bridged, cut by the live windows. docs/attendance.md says the same in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """From `start` until just before `end`. One without length holds no time, yet shows that the person was there."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Attended:
    """`intervals` are what counts; `bridged` the parts of them without a span, where an absence was short."""

    intervals: tuple[Interval, ...]
    bridged: tuple[Interval, ...]

    @property
    def seconds(self) -> int:
        """Whole seconds attended, rounded down once, after the sum."""
        return whole_seconds(self.intervals)


def stay(
    started_at: datetime, last_seen_at: datetime, ended_at: datetime | None, *, open_until: datetime | None = None
) -> Interval:
    """What a span proves. A connection counts to its last sign of life and never past it.

    `open_until` is given for spans that a person declared (code at the door, roll call): without an end they last
    until then.
    """
    if open_until is not None:
        return Interval(started_at, max(started_at, ended_at or open_until))
    end = last_seen_at if ended_at is None else min(ended_at, last_seen_at)
    return Interval(started_at, max(started_at, end))


def join(intervals: Iterable[Interval], gap: timedelta = timedelta(0)) -> list[Interval]:
    """The union, in order, absences of at most `gap` filled. What runs backwards is dropped."""
    joined: list[Interval] = []
    for interval in sorted(i for i in intervals if i.start <= i.end):
        if joined and interval.start - joined[-1].end <= gap:
            joined[-1] = Interval(joined[-1].start, max(joined[-1].end, interval.end))
        else:
            joined.append(interval)
    return joined


def absences(intervals: Iterable[Interval], gap: timedelta) -> list[Interval]:
    """The absences of at most `gap` between the intervals: what `join` fills."""
    present = join(intervals)
    between = [Interval(one.end, later.start) for one, later in pairwise(present)]
    return [absence for absence in between if absence.length <= gap]


def cut(intervals: Iterable[Interval], windows: Sequence[Interval]) -> list[Interval]:
    """The parts that lie in a window, in order; neither may overlap among themselves (see `join`)."""
    parts = (
        Interval(max(interval.start, window.start), min(interval.end, window.end))
        for interval in intervals
        for window in windows
    )
    return sorted(part for part in parts if part.start < part.end)


def attended(stays: Sequence[Interval], windows: Sequence[Interval], gap: timedelta) -> Attended:
    """What counts of one person's stays. Bridging comes before cutting, so an absence across the start of a window is
    judged by its whole length; nothing is ever bridged after the last stay.
    """
    live = join(windows)
    return Attended(tuple(cut(join(stays, gap), live)), tuple(cut(absences(stays, gap), live)))


def whole_seconds(intervals: Iterable[Interval]) -> int:
    """The sum of lengths, rounded down to whole seconds."""
    return sum((interval.length for interval in intervals), timedelta(0)) // timedelta(seconds=1)


def total_seconds(seconds: int, adjustment_minutes: int) -> int:
    """Attended plus adjusted, never below zero."""
    return max(0, seconds + 60 * adjustment_minutes)


def minutes(seconds: int) -> Decimal:
    """Minutes to one decimal, rounded down: what sheets and exports show."""
    return Decimal(seconds // 6).scaleb(-1)


def credit_minutes(seconds: int) -> int:
    """Whole minutes, rounded down: what credit is given for."""
    return seconds // 60


def share(seconds: int, live_seconds: int) -> Decimal | None:
    """Percent of the live time to one decimal, rounded down, at most 100; None when nothing was live."""
    if live_seconds <= 0:
        return None
    return Decimal(min(1000, seconds * 1000 // live_seconds)).scaleb(-1)


def reaches(seconds: int, live_seconds: int, percent: int) -> bool:
    """Whether the threshold is met, judged by whole seconds and not by the rounded share."""
    return live_seconds > 0 and seconds * 100 >= percent * live_seconds
