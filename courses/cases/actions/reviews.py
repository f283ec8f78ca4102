"""Who has a case and where its review stands: given, taken, begun, given back, sent back, resumed, approved."""

from datetime import datetime
from typing import Final

from django.db import transaction

from accounts.models import Person
from courses.cases.actions import identifier_checks, notices
from courses.cases.actions.locking import locked
from courses.cases.events import CaseApproved, CaseSentBack
from courses.cases.models import Case, CaseReview, CaseStatus, ReviewStatus
from courses.cases.policies import reviews as policies
from courses.cases.policies.cases import may_assign, may_be_given, may_take
from courses.cases.queries import reviews as queries
from courses.cases.rules import reviews as rules
from courses.cases.rules.reviews import Act
from shared.errors import DomainError
from web.bus import announce

REASON_LENGTH: Final = 1_000


@transaction.atomic
def assign(*, by: Person, case: Case, mentor: Person, at: datetime) -> CaseReview:
    """Give the case to a mentor of its course, who hears of it. Giving it again is giving it once.

    Raises `review.forbidden`, `review.mentor.unfit`.
    """
    kept = locked(case)
    if not may_assign(by, kept):
        raise DomainError("review.forbidden")
    if not may_be_given(mentor, kept):
        raise DomainError("review.mentor.unfit", field="mentor")
    review = _begin(kept, mentor, by, at)
    notices.assigned(review=review, by=by, at=at)
    return review


@transaction.atomic
def take(*, by: Person, case: Case, at: datetime) -> CaseReview:
    """Take the case for oneself. Taking one that one has already is having it once. Raises `review.forbidden`."""
    kept = locked(case)
    if not may_take(by, kept):
        raise DomainError("review.forbidden")
    return _begin(kept, by, by, at)


@transaction.atomic
def start(*, by: Person, review: CaseReview, at: datetime) -> CaseReview:
    """Begin to review. Idempotent. Raises `review.forbidden`, `review.not_now` while the case is with its author."""
    case, kept = _held(by, review)
    if kept.status != ReviewStatus.UNDER_REVIEW:
        _do(Act.START, case, kept.mentor_id)
        kept.status, kept.started_at = ReviewStatus.UNDER_REVIEW, kept.started_at or at
        kept.save(update_fields=["status", "started_at"])
    return kept


@transaction.atomic
def give_back(*, by: Person, review: CaseReview, reason: str, at: datetime) -> None:
    """Leave the case to another mentor, and say why. Its words are kept with it. Idempotent.

    Raises `review.forbidden`, `review.reason.needed`, `review.identifiers`.
    """
    if _ended(by, review, ReviewStatus.HANDED_OVER):
        return
    case, kept = _held(by, review)
    kept.ended_reason = _reason(reason, "reason")
    _do(Act.GIVE_BACK, case, kept.mentor_id)
    kept.status = ReviewStatus.HANDED_OVER
    kept.save(update_fields=["status", "ended_reason"])


@transaction.atomic
def send_back(*, by: Person, review: CaseReview, missing: str, at: datetime) -> None:
    """Give the case back to its author with what is missing. Once it is submitted and released again every review goes
    on. Idempotent for a case that is with its author already.

    Raises `review.forbidden`, `review.missing.needed`, `review.identifiers`, `review.not_now`.
    """
    case = locked(review.case)
    kept = CaseReview.objects.get(pk=review.pk)
    kept.case = case
    if case.status == CaseStatus.SENT_BACK and kept.mentor_id == by.pk:
        return
    if not policies.may_return_to_author(by, kept):
        raise DomainError("review.forbidden")
    case.sent_back_reason = _reason(missing, "missing")
    _do(Act.SEND_BACK, case, kept.mentor_id)
    case.released_at = case.released_by = case.due_at = case.escalated_at = None
    case.save(update_fields=["sent_back_reason", "released_at", "released_by", "due_at", "escalated_at"])
    notices.sent_back(case=case, by=by, at=at)
    announce(CaseSentBack(case.public_id))


def suspend(*, case: Case) -> None:
    """The reviews of a case that its releaser sent back wait with it. Called by that action, in its transaction."""
    held = CaseReview.objects.filter(case=case, status__in=(ReviewStatus.ASSIGNED, ReviewStatus.UNDER_REVIEW))
    held.update(status=ReviewStatus.SENT_BACK)


def resume(*, case: Case) -> None:
    """The reviews of a case that was just released again go on where they were, and the case with them. Idempotent.
    Called by the action that releases, in its transaction, once the case waits for a mentor.
    """
    if case.status != CaseStatus.WAITING:
        return
    reviews = {review.pk: review for review in queries.of(case)}
    started = {pk for pk, review in reviews.items() if review.started_at}
    after = rules.resumed({pk: review.status for pk, review in reviews.items()}, started)
    for pk, review in reviews.items():
        review.status = ReviewStatus(after[pk])
    CaseReview.objects.bulk_update(reviews.values(), ["status"])
    _set_status(case, rules.case_status(after.values()))


@transaction.atomic
def approve(*, by: Person, review: CaseReview, is_cleared: bool, at: datetime) -> CaseReview:
    """Answer the case with the review as it was saved. After the first one nothing is due any more; the author hears of
    each. Idempotent.

    `is_cleared`: a person said that what looks like identifiers is none. Raises `review.forbidden`, `review.not_now`,
    `review.identifiers`, and what `rules.case_reviews.obstacle` names.
    """
    if done := _ended(by, review, ReviewStatus.APPROVED):
        return done
    case, kept = _held(by, review)
    _check(kept, is_cleared)
    was = case.status
    _do(Act.APPROVE, case, kept.mentor_id)
    kept.status, kept.approved_at = ReviewStatus.APPROVED, at
    kept.save(update_fields=["status", "approved_at"])
    if was != CaseStatus.APPROVED:
        case.approved_at, case.due_at = at, None
        case.save(update_fields=["approved_at", "due_at"])
        announce(CaseApproved(case.public_id))
    notices.approved(review=kept, at=at)
    return kept


def _check(review: CaseReview, is_cleared: bool) -> None:
    if problem := queries.obstacle(review):
        raise DomainError(problem)
    items = review.recommendations.values_list("text", flat=True)
    texts = [review.summary, review.referral_where, review.learning_points, *items]
    identifier_checks.refuse_identifiers("review.identifiers", texts, is_cleared=is_cleared)


def _begin(case: Case, mentor: Person, by: Person, at: datetime) -> CaseReview:
    reviews = CaseReview.objects.filter(case=case, mentor=mentor).exclude(status=ReviewStatus.HANDED_OVER)
    if held := reviews.first():
        held.case, held.mentor = case, mentor
        return held
    _do(Act.TAKE, case, mentor.pk)
    return CaseReview.objects.create(case=case, mentor=mentor, assigned_by=by, assigned_at=at)


def _do(act: Act, case: Case, mentor: int) -> None:
    """Move the case, and its other reviews, as the rule says. The mentor's own review is the caller's to write."""
    held = CaseReview.objects.filter(case=case).exclude(status=ReviewStatus.HANDED_OVER)
    before = dict(held.values_list("mentor_id", "status"))
    status, after = rules.after(act, mentor, case=case.status, reviews=before)
    moved = [who for who, state in after.items() if before.get(who, state) != state]
    if act is Act.SEND_BACK:
        held.filter(mentor_id__in=moved).update(status=ReviewStatus.SENT_BACK)
    _set_status(case, status)


def _set_status(case: Case, status: str) -> None:
    if case.status != status:
        case.status = CaseStatus(status)
        case.save(update_fields=["status"])


def _ended(by: Person, review: CaseReview, status: ReviewStatus) -> CaseReview | None:
    """The person's own review, if it has ended so already; whoever ends it in this moment is waited for."""
    locked(review.case)
    return CaseReview.objects.filter(pk=review.pk, mentor=by, status=status).first()


def _held(by: Person, review: CaseReview) -> tuple[Case, CaseReview]:
    """The case and the review as they stand, the case's row held until commit."""
    case = locked(review.case)
    kept = CaseReview.objects.select_related("mentor").get(pk=review.pk)
    kept.case = case
    if not policies.may_write_review(by, kept):
        raise DomainError("review.forbidden")
    return case, kept


def _reason(text: str, field: str) -> str:
    """Raises `review.reason.needed` or `review.missing.needed`, `review.too_long`, `review.identifiers`."""
    text = text.strip()
    if not text:
        raise DomainError(f"review.{field}.needed", field=field)
    if len(text) > REASON_LENGTH:
        raise DomainError("review.too_long", field=field, limit=REASON_LENGTH)
    identifier_checks.refuse_identifiers("review.identifiers", [text], field=field)
    return text
