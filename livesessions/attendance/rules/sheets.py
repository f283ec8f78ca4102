"""The attendance sheet of a session as plain values: what page, exports and drawing all read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from livesessions.attendance.rules import minutes as attendance
from livesessions.attendance.rules.minutes import Attended, Interval
from livesessions.attendance.rules.times import Times

ATTENDEES = frozenset({"attendee", "trainee"})


@dataclass(frozen=True, slots=True)
class Stay:
    """One span: the fact as stored, and `counts`, the time it proves."""

    channel: str
    source: str
    started_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None
    counts: Interval


@dataclass(frozen=True, slots=True)
class Correction:
    """One adjustment, in whole minutes; `author` is a name."""

    minutes: int
    reason: str
    author: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a line is about. `person` is the public id; `registered` the registration's channel, empty without one."""

    person: str
    name: str
    role: str
    registered: str
    profession: str
    region: str

    @property
    def is_attendee(self) -> bool:
        """Counts in the totals; those who work at the session do not."""
        return self.role in ATTENDEES


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for the whole sheet: when it was made, the live time, the tolerance and the threshold. `recorded` is
    the live time as the room has it, `times` its corrections, the one in force last.
    """

    at: datetime
    windows: tuple[Interval, ...]
    gap_seconds: int
    threshold_percent: int
    recorded: tuple[Interval, ...] = ()
    times: tuple[Times, ...] = ()

    @property
    def live_seconds(self) -> int:
        return attendance.whole_seconds(self.windows)


@dataclass(frozen=True, slots=True)
class Line:
    """One person's figures and everything they were computed from. `channel` is where most of the time was spent."""

    subject: Subject
    channel: str
    stays: tuple[Stay, ...]
    attended: Attended
    corrections: tuple[Correction, ...]
    seconds: int
    adjustment_minutes: int
    total_seconds: int
    share: Decimal | None
    is_reached: bool

    @property
    def was_there(self) -> bool:
        return bool(self.stays)

    @property
    def first_in(self) -> datetime | None:
        return min((stay.counts.start for stay in self.stays), default=None)

    @property
    def last_out(self) -> datetime | None:
        return max((stay.counts.end for stay in self.stays), default=None)

    @property
    def minutes(self) -> Decimal:
        return attendance.minutes(self.seconds)

    @property
    def total_minutes(self) -> Decimal:
        return attendance.minutes(self.total_seconds)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everybody registered or seen, by name, those who work at the session last."""

    terms: Terms
    lines: tuple[Line, ...]

    def line(self, person: str) -> Line | None:
        """The line of the person with this public id."""
        return next((line for line in self.lines if line.subject.person == person), None)


def line(subject: Subject, stays: list[Stay], corrections: list[Correction], terms: Terms) -> Line:
    """Work out one person's figures."""
    gap = timedelta(seconds=terms.gap_seconds)
    figure = attendance.attended([stay.counts for stay in stays], terms.windows, gap)
    adjustment = sum(correction.minutes for correction in corrections)
    total = attendance.total_seconds(figure.seconds, adjustment)
    return Line(
        subject=subject,
        channel=_most_used(stays, terms),
        stays=tuple(stays),
        attended=figure,
        corrections=tuple(corrections),
        seconds=figure.seconds,
        adjustment_minutes=adjustment,
        total_seconds=total,
        share=attendance.share(total, terms.live_seconds),
        is_reached=attendance.reaches(total, terms.live_seconds, terms.threshold_percent),
    )


STRENGTH = ("or", "auditorium", "remote")


def strongest(channels: set[str]) -> str:
    """The channel a person in several counts in: nearest to the table first."""
    return min(channels, key=STRENGTH.index)


def _most_used(stays: list[Stay], terms: Terms) -> str:
    """The channel with most live time; the one nearest to the table among equals; empty without a stay."""
    time: dict[str, int] = {}
    for channel in {stay.channel for stay in stays}:
        own = attendance.join(stay.counts for stay in stays if stay.channel == channel)
        time[channel] = attendance.whole_seconds(attendance.cut(own, terms.windows))
    most = max(time.values(), default=0)
    return strongest({channel for channel, seconds in time.items() if seconds == most}) if time else ""
