"""What the records of the trauma registry have in common, counted."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from courses.trauma.rules import scores
from courses.trauma.rules.fields import COLUMNS, REGIONS
from courses.trauma.rules.suppression import suppressed

OUTCOMES: Final = ("1", "2", "3", scores.UNKNOWN)
SCORES: Final = ("9-10", "7-8", "0-6", scores.UNKNOWN)
Answers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many by code, in the codes' order, UNK (and what was not answered) last; None where too few to show."""

    rows: tuple[tuple[str, int | None], ...]

    @property
    def most(self) -> int:
        return max((count for _, count in self.rows if count), default=0)


@dataclass(frozen=True, slots=True)
class Charts:
    """`total` is None where it is too small to show. `by_score` has a row per group of the Kampala score (not known:
    a range that is in no one group) and a cell per outcome.
    """

    total: int | None
    mechanism: Counted
    hour: Counted
    region: Counted
    outcome: Counted
    by_score: tuple[tuple[str, tuple[int | None, ...]], ...]


def charts(records: Sequence[Answers], *, is_open: bool) -> Charts:
    """`is_open`: those who look may see single patients anyway; for others small counts are left out."""
    outcomes = Counter((score_group(kept), scores.outcome(kept)) for kept in records)
    grid = [[outcomes[group, how] for how in OUTCOMES] for group in SCORES]
    total = _hidden([[len(records)]], is_open)[0][0]
    cells = _hidden([*grid, [sum(column) for column in zip(*grid, strict=True)]], is_open)
    return Charts(
        total=total,
        mechanism=_by_code(records, "mechanism", is_open),
        hour=_by_hour(records, is_open),
        region=_by_region(records, is_open),
        outcome=Counted(tuple(zip(OUTCOMES, cells[-1], strict=True))),
        by_score=tuple((group, tuple(row)) for group, row in zip(SCORES, cells[:-1], strict=True)),
    )


def score_group(kept: Answers) -> str:
    """The group of the Kampala score; UNK where its range reaches over more than one."""
    score = scores.score(kept)
    groups = {_group(points) for points in range(score.low, score.high + 1)}
    return groups.pop() if len(groups) == 1 else scores.UNKNOWN


def _group(points: int) -> str:
    return "9-10" if points >= 9 else "7-8" if points >= 7 else "0-6"


def _by_code(records: Iterable[Answers], column: str, is_open: bool) -> Counted:
    return _counted(
        records, COLUMNS[column].codes, lambda kept: [scores.known(kept, column) or scores.UNKNOWN], is_open
    )


def _by_hour(records: Iterable[Answers], is_open: bool) -> Counted:
    hours = tuple(str(hour) for hour in range(24))
    return _counted(records, hours, lambda kept: [scores.known(kept, "arrival_hour") or scores.UNKNOWN], is_open)


def _by_region(records: Iterable[Answers], is_open: bool) -> Counted:
    """A patient counts in each injured region; as not known where no region is known to be injured or spared."""

    def injured(kept: Answers) -> list[str]:
        told = {region: scores.known(kept, f"region_{region}") for region in REGIONS}
        if not any(told.values()):
            return [scores.UNKNOWN]
        return [region for region, severity in told.items() if severity not in (None, "0")]

    return _counted(records, REGIONS, injured, is_open)


def _counted(
    records: Iterable[Answers], codes: tuple[str, ...], of: Callable[[Answers], list[str]], is_open: bool
) -> Counted:
    counts = Counter(code for kept in records for code in of(kept))
    names = (*codes, scores.UNKNOWN)
    return Counted(tuple(zip(names, _hidden([[counts[name] for name in names]], is_open)[0], strict=True)))


def _hidden(grid: list[list[int]], is_open: bool) -> list[list[int | None]]:
    return [list(row) for row in grid] if is_open else suppressed(grid)
