"""What a case's page shows of its reviews and its discussion."""

from typing import Any

from accounts.models import Person
from courses.cases.models import Case, CaseKind, CaseReview, ReviewStatus
from courses.cases.policies import reviews as policies
from courses.cases.policies.cases import Relations, may_assign, may_see_review, may_take
from courses.cases.queries import reviews as case_reviews
from courses.cases.sections import discussions
from shared.clock import now
from web import durations


def context(person: Person, case: Case, relations: Relations) -> dict[str, Any]:
    """For `cases/_reviews.html` and the discussion in it. At most five queries."""
    reviews = case_reviews.of(case)
    for review in reviews:
        review.case = case
    own = next((review for review in reviews if review.mentor_id == person.pk), None)
    at = now()
    return {
        "reviews": {
            "is_asked": case.kind == CaseKind.REVIEW and case.released_at is not None,
            "at_work": _at_work(reviews) if policies.may_see_mentors(relations) else [],
            "approved": [_told(person, review) for review in reviews if _is_answer(person, review)],
            "to_confirm": [review for review in reviews if policies.may_confirm_summary(person, review)],
            "own": own if own and policies.may_write_review(person, own) else None,
            "may_take": own is None and may_take(person, case),
            "candidates": case_reviews.candidates(case, reviews) if may_assign(person, case) else None,
            "due": durations.due(case.due_at, at) if case.due_at else "",
        }
    } | discussions.context(person, case, relations)


def _at_work(reviews: list[CaseReview]) -> list[CaseReview]:
    return [review for review in reviews if review.status != ReviewStatus.APPROVED]


def _is_answer(person: Person, review: CaseReview) -> bool:
    return review.status == ReviewStatus.APPROVED and may_see_review(person, review)


def _told(person: Person, review: CaseReview) -> dict[str, Any]:
    """A review with its recommendations, each with whether this person says what became of it."""
    items = []
    for item in review.recommendations.all():
        item.review = review
        items.append((item, policies.may_record_adherence(person, item)))
    points = [point for point in review.learning_points.splitlines() if point.strip()]
    return {"review": review, "items": items, "points": points}
