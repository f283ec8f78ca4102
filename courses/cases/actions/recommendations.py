"""Writing a review down, saved as it is typed, and saying later what became of its recommendations."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from accounts.models import Person
from courses.cases.actions import identifier_checks, reviews
from courses.cases.models import Adherence, Case, CaseReview, Recommendation, ReviewStatus, Strength
from courses.cases.policies import reviews as policies
from courses.cases.rules.reviews import SUMMARY_LIMIT
from shared.errors import DomainError

MAX_ITEMS: Final = 30
TEXT_LIMIT: Final = 2_000  # characters of a recommendation, of the learning points, of a reason
WHERE_LIMIT: Final = 120


@dataclass(frozen=True, slots=True)
class Item:
    """One recommendation as typed."""

    text: str
    strength: Strength = Strength.STRONG


@dataclass(frozen=True, slots=True)
class Written:
    """The whole review as typed. `referral` is a `ReferralAdvice` or empty; `learning_points` one per line."""

    summary: str = ""
    referral: str = ""
    referral_where: str = ""
    learning_points: str = ""
    items: tuple[Item, ...] = ()


class Conflict(DomainError):
    """Somebody, or the same person in another window, saved meanwhile; `review` is what is kept."""

    def __init__(self, review: CaseReview) -> None:
        super().__init__("review.conflict")
        self.review = review


@transaction.atomic
def save(*, by: Person, review: CaseReview, written: Written, revision: int, at: datetime) -> CaseReview:
    """Keep the review as typed on top of `revision`; the first save begins it. The same words again change nothing, so
    a save whose answer was lost may be sent again. A summary that changed is the author's to confirm anew.

    Raises `Conflict` (`review.conflict`) when another revision was saved meanwhile and says something else,
    `review.forbidden`, `review.too_long`, `review.too_many`.
    """
    _check_lengths(written)
    Case.objects.select_for_update().get(pk=review.case_id)
    kept = CaseReview.objects.select_related("case__author", "case__course", "mentor").get(pk=review.pk)
    if not policies.may_write_review(by, kept):
        raise DomainError("review.forbidden")
    if written == written_in(kept):
        return kept
    if kept.revision != revision:
        raise Conflict(kept)
    if kept.status == ReviewStatus.ASSIGNED:
        kept = reviews.start(by=by, review=kept, at=at)
    if kept.summary != written.summary:
        kept.summary_asked_at = kept.summary_confirmed_at = None
    for name in ("summary", "referral", "referral_where", "learning_points"):
        setattr(kept, name, getattr(written, name))
    kept.revision += 1
    kept.save()
    _keep_items(kept, written.items)
    return kept


def written_in(review: CaseReview) -> Written:
    """What the review says now. One query."""
    items = review.recommendations.order_by("position", "id").values_list("text", "strength")
    return Written(
        summary=review.summary,
        referral=review.referral,
        referral_where=review.referral_where,
        learning_points=review.learning_points,
        items=tuple(Item(text, Strength(strength)) for text, strength in items),
    )


@transaction.atomic
def record_adherence(
    *, by: Person, recommendation: Recommendation, done: Adherence, why: str, is_cleared: bool, at: datetime
) -> Recommendation:
    """Close the loop of one recommendation: done, in part or not, and why not. May be corrected. Idempotent.

    Raises `recommendation.forbidden`, `recommendation.why.needed`, `review.too_long`, `recommendation.identifiers`.
    """
    kept = Recommendation.objects.select_for_update(of=("self",)).select_related("review__case")
    found = kept.get(pk=recommendation.pk)
    if not policies.may_record_adherence(by, found):
        raise DomainError("recommendation.forbidden")
    why = why.strip()
    if done != Adherence.YES and not why:
        raise DomainError("recommendation.why.needed", field="why")
    _check_length(why, TEXT_LIMIT, "why")
    identifier_checks.refuse_identifiers("recommendation.identifiers", [why], is_cleared=is_cleared, field="why")
    if (found.done, found.done_why) != (done, why):
        found.done, found.done_why, found.done_at = done, why, at
        found.save(update_fields=["done", "done_why", "done_at"])
    return found


def _keep_items(review: CaseReview, items: tuple[Item, ...]) -> None:
    """Row by row in their order; what is too many goes."""
    rows = list(review.recommendations.order_by("position", "id"))
    for position, item in enumerate(items):
        row = rows[position] if position < len(rows) else Recommendation(review=review)
        row.position, row.text, row.strength = position, item.text, item.strength
        row.save()
    Recommendation.objects.filter(pk__in=[row.pk for row in rows[len(items) :]]).delete()


def _check_lengths(written: Written) -> None:
    if len(written.items) > MAX_ITEMS:
        raise DomainError("review.too_many", limit=MAX_ITEMS)
    _check_length(written.summary, SUMMARY_LIMIT, "summary")
    _check_length(written.referral_where, WHERE_LIMIT, "referral_where")
    _check_length(written.learning_points, TEXT_LIMIT, "learning_points")
    for item in written.items:
        _check_length(item.text, TEXT_LIMIT, None)


def _check_length(text: str, limit: int, field: str | None) -> None:
    if len(text) > limit:
        raise DomainError("review.too_long", field=field, limit=limit)
