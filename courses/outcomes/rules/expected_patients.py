"""In which order a mission sees the patients it expects."""

from datetime import date
from typing import Final

from courses.cases.rules.cases import URGENCY_ORDER

STEP_ORDER: Final = ("operate", "see_again")
AGE_ORDER: Final = ("0-28d", "1-11m", "1-4y", "5-9y", "10-14y", "15-17y", "18-39y", "40-59y", "60-79y", "80y")


def order(*, next_step: str, urgency: str, age_band: str, seen_on: date | None) -> tuple[int, int, int, date]:
    """A key to sort by: those to operate on first, then the more urgent, the younger, and who waits longest. What
    nobody filled in comes last.
    """
    return (
        _place(next_step, STEP_ORDER),
        _place(urgency, URGENCY_ORDER),
        _place(age_band, AGE_ORDER),
        seen_on or date.max,
    )


def _place(value: str, known: tuple[str, ...]) -> int:
    return known.index(value) if value in known else len(known)


def is_operated(*, next_step: str, operated_on: date | None, seen_on: date | None) -> bool:
    """Whether a patient marked to be operated on has had the operation since."""
    return next_step == "operate" and operated_on is not None and (seen_on is None or operated_on > seen_on)
