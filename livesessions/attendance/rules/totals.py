"""Totals of an attendance sheet: attendees counted by channel, province or profession. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from livesessions.attendance.rules import minutes as attendance
from livesessions.attendance.rules.sheets import Line


@dataclass(frozen=True, slots=True)
class Total:
    """`registered`, `present` (seen at least once) and `reached` (the threshold) count people; `key` is a code."""

    key: str
    registered: int
    present: int
    reached: int
    seconds: int

    @property
    def minutes(self) -> Decimal:
        return attendance.minutes(self.seconds)


def by_channel(lines: Iterable[Line]) -> list[Total]:
    """Registered under the channel asked for, present under the one used, or asked for when none was."""
    attendees = _attendees(lines)
    keys = {line.subject.registered for line in attendees} | {_used(line) for line in attendees}
    return [
        _total(
            key,
            [line for line in attendees if line.subject.registered == key],
            [line for line in attendees if _used(line) == key],
        )
        for key in ("or", "auditorium", "remote")
        if key in keys
    ]


def by_region(lines: Iterable[Line]) -> list[Total]:
    """By ISO 3166-2 code, most people first."""
    return _grouped(lines, lambda line: line.subject.region)


def by_profession(lines: Iterable[Line]) -> list[Total]:
    """Most people first."""
    return _grouped(lines, lambda line: line.subject.profession)


def overall(lines: Iterable[Line]) -> Total:
    """Everybody but the team."""
    attendees = _attendees(lines)
    return _total("", [line for line in attendees if line.subject.registered], attendees)


def _grouped(lines: Iterable[Line], key_of: Callable[[Line], str]) -> list[Total]:
    groups: dict[str, list[Line]] = {}
    for line in _attendees(lines):
        groups.setdefault(key_of(line), []).append(line)
    totals = [_total(key, [line for line in own if line.subject.registered], own) for key, own in groups.items()]
    return sorted(totals, key=lambda total: (-total.registered, -total.present, total.key))


def _attendees(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.subject.is_attendee]


def _used(line: Line) -> str:
    return line.channel or line.subject.registered


def _total(key: str, registered: list[Line], seen: list[Line]) -> Total:
    return Total(
        key=key,
        registered=len(registered),
        present=sum(line.was_there for line in seen),
        reached=sum(line.is_reached for line in seen),
        seconds=sum(line.total_seconds for line in seen),
    )
