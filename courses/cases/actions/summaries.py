"""The mentor's summary of a case: shown to its author, who confirms or corrects it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Person
from courses.cases.actions import discussions, identifier_checks, notices
from courses.cases.models import CaseReview, Remark, RemarkKind, ReviewStatus
from courses.cases.policies import reviews as policies
from shared.errors import DomainError


@transaction.atomic
def ask(*, by: Person, review: CaseReview, is_cleared: bool, at: datetime) -> None:
    """Show the summary, as it was saved, to the author and ask whether it is so. Idempotent while it stays the same.

    Raises `review.forbidden`, `review.not_now`, `review.summary.needed`, `review.identifiers`.
    """
    kept = _locked(review)
    if not policies.may_write_review(by, kept):
        raise DomainError("review.forbidden")
    if kept.status != ReviewStatus.UNDER_REVIEW:
        raise DomainError("review.not_now")
    if not kept.summary.strip():
        raise DomainError("review.summary.needed", field="summary")
    identifier_checks.refuse_identifiers("review.identifiers", [kept.summary], is_cleared=is_cleared, field="summary")
    if kept.summary_asked_at is None:
        kept.summary_asked_at = at
        kept.save(update_fields=["summary_asked_at"])
        notices.summarised(review=kept, at=at)


@transaction.atomic
def confirm(*, by: Person, review: CaseReview, asked: str, at: datetime) -> None:
    """The author says that the summary they were shown is so; `asked` is when they were, as ISO 8601. Idempotent.

    Raises `summary.forbidden`, and `summary.changed` when the mentor has written another one meanwhile.
    """
    kept = _locked(review)
    if not policies.may_confirm_summary(by, kept):
        raise DomainError("summary.forbidden")
    if kept.summary_asked_at is None or kept.summary_asked_at.isoformat() != asked:
        raise DomainError("summary.changed")
    if kept.summary_confirmed_at is None:
        kept.summary_confirmed_at = at
        kept.save(update_fields=["summary_confirmed_at"])


@transaction.atomic
def correct(*, by: Person, review: CaseReview, text: str, key: UUID, is_cleared: bool, at: datetime) -> Remark:
    """The author says what is not so: a remark that the mentor hears of. Idempotent by `key`.

    Raises `summary.forbidden`, `discussion.forbidden` and what the text of a remark may raise.
    """
    kept = _locked(review)
    if not policies.may_confirm_summary(by, kept):
        raise DomainError("summary.forbidden")
    return discussions.add(
        by=by, case=kept.case, kind=RemarkKind.COMMENT, text=text, key=key, is_cleared=is_cleared, at=at
    )


def _locked(review: CaseReview) -> CaseReview:
    kept = CaseReview.objects.select_for_update(of=("self",)).select_related("case__author", "mentor")
    return kept.get(pk=review.pk)
