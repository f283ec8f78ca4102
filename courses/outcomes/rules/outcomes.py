"""When follow-ups are due, what a recorded outcome must hold together, and rates that tell what is missing."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from shared.errors import DomainError

# Days or calendar months after the operation, or after the answer where nobody operated.
DAYS: Final[Mapping[str, int]] = {"d30": 30, "d90": 90}
MONTHS: Final[Mapping[str, int]] = {"m7": 7, "m12": 12}
MILESTONES: Final = (*DAYS, *MONTHS)
LAST: Final = MILESTONES[-1]  # with it the loop is closed

LATE_AFTER: Final = timedelta(days=14)  # then the coordinators hear of it


class Condition(StrEnum):
    """How the patient is."""

    RECOVERED = "recovered"
    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    WORSE = "worse"
    DIED = "died"
    LOST = "lost"


class NextStep(StrEnum):
    """What is planned."""

    NONE = "none"
    SEE_AGAIN = "see_again"
    OPERATE = "operate"


FOR_MISSION: Final = frozenset({NextStep.SEE_AGAIN, NextStep.OPERATE})


class Due(StrEnum):
    """Where a follow-up stands on a day."""

    RECORDED = "recorded"
    UPCOMING = "upcoming"
    DUE = "due"
    LATE = "late"


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later; the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due_on(milestone: str, from_on: date) -> date:
    """The day a follow-up is due, counted from the operation or the answer."""
    return from_on + timedelta(days=DAYS[milestone]) if milestone in DAYS else add_months(from_on, MONTHS[milestone])


def plan(from_on: date) -> dict[str, date]:
    """Every milestone with its day, in order."""
    return {milestone: due_on(milestone, from_on) for milestone in MILESTONES}


def opens_on(milestone: str, planned: Mapping[str, date]) -> date | None:
    """From when a follow-up may be recorded: the day the one before it is due. The first may be at once."""
    position = MILESTONES.index(milestone)
    return planned.get(MILESTONES[position - 1]) if position else None


def stands(due: date, on: date, *, is_recorded: bool) -> Due:
    """Where a follow-up due on `due` stands on the day `on`."""
    if is_recorded:
        return Due.RECORDED
    if on < due:
        return Due.UPCOMING
    return Due.LATE if on - due >= LATE_AFTER else Due.DUE


def check(*, condition: str, seen_on: date | None, next_step: str, has_mission: bool, on: date) -> None:
    """Raises what does not hold together: a patient seen nowhere or tomorrow, one not seen yet seen, a next step for
    the dead, a mission without a step that needs one. `on` is today.
    """
    if condition == Condition.LOST and seen_on:
        raise DomainError("outcome.lost_but_seen", field="seen_on")
    if condition != Condition.LOST and seen_on is None:
        raise DomainError("outcome.seen_on_missing", field="seen_on")
    if seen_on and seen_on > on:
        raise DomainError("outcome.seen_in_future", field="seen_on")
    if condition == Condition.DIED and next_step in FOR_MISSION:
        raise DomainError("outcome.died_no_step", field="next_step")
    if has_mission and next_step not in FOR_MISSION:
        raise DomainError("outcome.mission_without_step", field="next_mission")


def check_operation(operated_on: date | None, on: date) -> None:
    """Raises `outcome.operated_in_future`. `on` is today."""
    if operated_on and operated_on > on:
        raise DomainError("outcome.operated_in_future", field="operated_on")


def closes(milestone: str, condition: str) -> bool:
    """Whether this outcome closes the case: the last one, or a death."""
    return milestone == LAST or condition == Condition.DIED


@dataclass(frozen=True, slots=True)
class Rate:
    """`part` of `whole`. `missing`: those nobody knows of; whether `whole` has them in it, the figure says."""

    part: int
    whole: int
    missing: int

    @property
    def percent(self) -> float | None:
        """To one decimal; nothing where there is nothing to divide by."""
        return round(100 * self.part / self.whole, 1) if self.whole else None


@dataclass(frozen=True, slots=True)
class Expected:
    """One follow-up as the figures count it. `grades` are (scheme, grade) of its complications."""

    case: int
    milestone: str
    due: date
    condition: str  # empty: not recorded
    grades: tuple[tuple[str, str], ...] = ()

    @property
    def is_seen(self) -> bool:
        return self.condition not in ("", Condition.LOST)


@dataclass(frozen=True, slots=True)
class Followed:
    """One line of the figures: how many came back, and of those how many had a complication. Never one without the
    other: complication rates look better the worse the follow-up is.
    """

    milestone: str  # empty: all of them together, by case
    seen: Rate  # of the expected; missing are the rest
    complicated: Rate  # of the seen; missing are the expected who were not seen
    lost: int  # of the missing, those recorded as not seen again


def followed(follow_ups: list[Expected], on: date) -> list[Followed]:
    """A line per milestone, then one by case. Expected is what was due by `on` or recorded before; a patient whose
    death is recorded counts as seen at the milestones after it.
    """
    dead = _deaths(follow_ups)
    known = [_after_death(one, dead) for one in follow_ups]
    expected = [one for one in known if one.condition or one.due <= on]
    lines = [_line(name, [one for one in expected if one.milestone == name]) for name in MILESTONES]
    return [*lines, _by_case(expected)]


def _deaths(follow_ups: list[Expected]) -> dict[int, int]:
    """Position of the milestone of each recorded death, by case."""
    found: dict[int, int] = {}
    for one in follow_ups:
        if one.condition == Condition.DIED:
            position = MILESTONES.index(one.milestone)
            found[one.case] = min(position, found.get(one.case, position))
    return found


def _after_death(one: Expected, dead: Mapping[int, int]) -> Expected:
    is_after = one.case in dead and MILESTONES.index(one.milestone) > dead[one.case]
    return Expected(one.case, one.milestone, one.due, Condition.DIED, ()) if is_after and not one.condition else one


def _line(milestone: str, expected: list[Expected]) -> Followed:
    seen = [one for one in expected if one.is_seen]
    missing = len(expected) - len(seen)
    return Followed(
        milestone,
        seen=Rate(len(seen), len(expected), missing),
        complicated=Rate(sum(1 for one in seen if one.grades), len(seen), missing),
        lost=sum(1 for one in expected if one.condition == Condition.LOST),
    )


def _by_case(expected: list[Expected]) -> Followed:
    cases = {one.case for one in expected}
    seen = {one.case for one in expected if one.is_seen}
    lost = {one.case for one in expected if one.condition == Condition.LOST} - seen
    complicated = {one.case for one in expected if one.is_seen and one.grades}
    missing = len(cases - seen)
    return Followed(
        "", Rate(len(seen), len(cases), missing), Rate(len(complicated), len(seen), missing), lost=len(lost)
    )
