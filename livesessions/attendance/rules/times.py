"""The real start, end and breaks of a session, as a coordinator sets them over what the room recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from livesessions.attendance.rules import minutes
from livesessions.attendance.rules.minutes import Interval
from shared.errors import DomainError

LONGEST = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Times:
    """One correction; the latest is in force. Without `ended_at` the end is the recorded one. `author` is a name."""

    started_at: datetime
    ended_at: datetime | None
    breaks: tuple[Interval, ...]
    reason: str
    author: str
    made_at: datetime


def live(recorded: Sequence[Interval], times: Times | None) -> tuple[Interval, ...]:
    """The live time that counts: what was recorded, or what the correction in force says, without its breaks."""
    if times is None:
        return tuple(recorded)
    end = times.ended_at or max((window.end for window in recorded), default=times.started_at)
    return tuple(without([Interval(times.started_at, max(times.started_at, end))], times.breaks))


def without(intervals: Sequence[Interval], breaks: Sequence[Interval]) -> list[Interval]:
    """What is left of the intervals, in order, when the breaks are taken out."""
    joined = minutes.join(breaks)
    if not joined:
        return list(intervals)
    first, last = min(i.start for i in intervals), max(i.end for i in intervals)
    ends = [min(first, joined[0].start), *(gap.end for gap in joined)]
    starts = [*(gap.start for gap in joined), max(last, joined[-1].end)]
    between = [Interval(end, start) for end, start in zip(ends, starts, strict=True) if end < start]
    return minutes.cut(intervals, between)


def check(
    *,
    started_at: datetime,
    ended_at: datetime | None,
    breaks: Sequence[Interval],
    recorded_end: datetime | None,
    is_live: bool,
    at: datetime,
) -> None:
    """Raises `times.*` for times that cannot have been, judged at `at`; `recorded_end` is the room's, if it has one."""
    if is_live and ended_at is not None:
        raise DomainError("times.still_live", field="ended_local")
    end = ended_at or recorded_end
    if end is None:
        raise DomainError("times.end_missing", field="ended_local")
    if end <= started_at:
        raise DomainError("times.end_before_start", field="ended_local" if ended_at else "started_local")
    if started_at > at or (ended_at is not None and ended_at > at):
        raise DomainError("times.in_future", field="ended_local" if started_at <= at else "started_local")
    if end - started_at > LONGEST:
        raise DomainError("times.too_long", field="ended_local")
    ordered = sorted(breaks)
    if any(gap.end <= gap.start or gap.start < started_at or gap.end > end for gap in ordered):
        raise DomainError("times.break_outside")
    if any(later.start < gap.end for gap, later in pairwise(ordered)):
        raise DomainError("times.breaks_overlap")


def instant(local: datetime, zone: ZoneInfo, *, near: datetime, field: str) -> datetime:
    """The UTC instant of a naive local time; of an hour that comes twice, the one nearer to `near`.

    Raises `time.skipped` for an hour the clocks jump over.
    """
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(zone).replace(tzinfo=None) != local:
        raise DomainError("time.skipped", field=field, time=local.strftime("%H:%M"), zone=zone.key)
    return min(first, second, key=lambda at: abs(at - near))


def next_at(clock: time, after: datetime) -> datetime:
    """The first naive local time on or after `after` at which clocks show this."""
    same_day = datetime.combine(after.date(), clock)
    return same_day if same_day >= after.replace(second=0, microsecond=0) else same_day + timedelta(days=1)
