"""What tests of reviews share: a written review, and one that is ready to be approved."""

from typing import Any

import pytest

from accounts.models import Person
from courses.cases.actions import recommendations, summaries
from courses.cases.actions.recommendations import Item, Written
from courses.cases.models import CaseReview, Strength
from shared.clock import now
from shared.errors import DomainError

WRITTEN = Written(
    summary="A newborn with gastroschisis in a silo. Close at once, or in stages?",
    referral="not_needed",
    learning_points="Keep the bowel warm and wet.",
    items=(Item("Reduce the silo every day.", Strength.STRONG), Item("No primary closure.", Strength.AGAINST)),
)


def ready(review: CaseReview, *, by: Person | None = None) -> CaseReview:
    """Written, its summary confirmed by the author; `by` its mentor."""
    mentor = by or review.mentor
    kept = recommendations.save(by=mentor, review=review, written=WRITTEN, revision=review.revision, at=now())
    summaries.ask(by=mentor, review=kept, is_cleared=True, at=now())
    kept.refresh_from_db()
    summaries.confirm(by=kept.case.author, review=kept, asked=asked(kept), at=now())
    return kept


def asked(review: CaseReview) -> str:
    """When the author was shown the summary, as their form says it."""
    review.refresh_from_db()
    return review.summary_asked_at.isoformat() if review.summary_asked_at else ""


def code_of(action: Any, **given: Any) -> str:
    """The code with which the action is refused."""
    with pytest.raises(DomainError) as refused:
        action(**given, at=now())
    return refused.value.code
