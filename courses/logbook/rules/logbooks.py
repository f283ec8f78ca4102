"""What a logbook entry must say, and the figures of a logbook. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from shared.errors import DomainError

DID: Final = ("supervised", "alone", "taught")  # counts as one's own operation, also for learning curves
TOOK_PART: Final = ("observed", "assisted", "part")
COMPLEXITIES: Final = (1, 2, 3)
EARLIEST: Final = date(1960, 1, 1)
MONTHS: Final = 24
_AHEAD: Final = timedelta(hours=14)  # where the day begins first


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry: what figures need of it. `autonomy` 1 to 4; `is_success` None while the result is not known."""

    procedure: str
    role: str
    autonomy: int | None
    performed_on: date
    is_success: bool | None


@dataclass(slots=True)
class Line:
    """The cases of one procedure: by role, by autonomy, and the operations of one's own with a known result."""

    procedure: str
    total: int = 0
    roles: Counter[str] = field(default_factory=Counter)
    autonomy: Counter[int] = field(default_factory=Counter)
    known: int = 0

    @property
    def did(self) -> int:
        """Operations of one's own."""
        return sum(self.roles[role] for role in DID)

    @property
    def levels(self) -> list[tuple[int, int]]:
        """How many cases at each level of autonomy, 1 to 4."""
        return [(level, self.autonomy[level]) for level in range(1, 5)]


@dataclass(frozen=True, slots=True)
class Month:
    """The first of the month; cases in which one operated, and those in which one helped or watched."""

    starts_on: date
    did: int
    took_part: int
    autonomy: float | None  # the mean, of those cases that say it


def check(*, performed_on: date, autonomy: int | None, complexity: int | None, role: str, at: datetime) -> None:
    """Raises `logbook.day.future`, `logbook.day.early`, `logbook.autonomy.watched` and `logbook.complexity.range`."""
    if performed_on > (at + _AHEAD).date():
        raise DomainError("logbook.day.future", field="performed_on")
    if performed_on < EARLIEST:
        raise DomainError("logbook.day.early", field="performed_on")
    if role == "observed" and autonomy is not None:
        raise DomainError("logbook.autonomy.watched", field="autonomy")
    if complexity is not None and complexity not in COMPLEXITIES:
        raise DomainError("logbook.complexity.range", field="complexity")


def lines(facts: Iterable[Fact]) -> list[Line]:
    """One per procedure, the most frequent first."""
    found: dict[str, Line] = {}
    for fact in facts:
        line = found.setdefault(fact.procedure, Line(fact.procedure))
        line.total += 1
        line.roles[fact.role] += 1
        if fact.autonomy is not None:
            line.autonomy[fact.autonomy] += 1
        line.known += fact.role in DID and fact.is_success is not None
    return sorted(found.values(), key=lambda line: (-line.total, line.procedure))


def months(facts: Sequence[Fact]) -> list[Month]:
    """From the first case's month to the last one's without a hole, at most the last `MONTHS`; empty for no case."""
    if not facts:
        return []
    days = [fact.performed_on for fact in facts]
    last = max(days).replace(day=1)
    first = max(min(days).replace(day=1), _months_before(last, MONTHS - 1))
    told = []
    while first <= last:
        here = [fact for fact in facts if fact.performed_on.replace(day=1) == first]
        did = sum(fact.role in DID for fact in here)
        known = [fact.autonomy for fact in here if fact.autonomy is not None]
        told.append(Month(first, did, len(here) - did, sum(known) / len(known) if known else None))
        first = _months_before(first, -1)
    return told


def _months_before(day: date, count: int) -> date:
    number = day.year * 12 + day.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)
