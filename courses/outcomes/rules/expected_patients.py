"""In which order a mission sees the patients it expects."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from courses.cases.rules.terms import AgeBand, Urgency
from courses.outcomes.rules.outcomes import NextStep

STEP_ORDER: Final = (NextStep.OPERATE, NextStep.SEE_AGAIN)


def order(*, next_step: str, urgency: str, age_band: str, seen_on: date | None) -> tuple[int, int, int, date]:
    """A key to sort by: those to operate on first, then the more urgent, the younger, and who waits longest. What
    nobody filled in comes last.
    """
    return (
        _place(next_step, STEP_ORDER),
        _place(urgency, tuple(Urgency)),
        _place(age_band, tuple(AgeBand)),
        seen_on or date.max,
    )


def _place(value: str, known: Sequence[str]) -> int:
    return known.index(value) if value in known else len(known)


def is_operated(*, next_step: str, operated_on: date | None, seen_on: date | None) -> bool:
    """Whether a patient marked to be operated on has had the operation since."""
    return next_step == NextStep.OPERATE and operated_on is not None and (seen_on is None or operated_on > seen_on)
