"""The second look: releasing a case to mentors, or sending it back to its author."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import Person
from courses.cases.actions import notices, reviews
from courses.cases.actions.locking import locked
from courses.cases.events import CaseReleased, CaseSentBack
from courses.cases.models import Case, CaseKind, CaseStatus, MediaState
from courses.cases.policies import cases as policies
from courses.cases.queries import checks
from courses.cases.rules import cases as rules
from shared.errors import DomainError
from web.bus import announce

REASON_LENGTH = 1_000


@transaction.atomic
def release(*, by: Person, case: Case, ticked: Iterable[str], seen: Iterable[str], at: datetime) -> None:
    """Let mentors see a submitted case and every medium of it. `ticked` are the findings this second person says are no
    identifiers, `seen` the public ids of the media they looked at.

    Raises `release.forbidden` (authors never release their own), `release.not_submitted`, `release.media_unseen`, and
    what `queries.checks.Check.problem` names: the case is searched again.
    """
    kept = _for_releaser(by, case)
    if kept.status != CaseStatus.SUBMITTED:
        raise DomainError("release.not_submitted")
    check = checks.of(kept)
    if problem := check.problem(ticked):
        raise DomainError(problem)
    if {item.medium.public_id for item in check.media} - set(seen):
        raise DomainError("release.media_unseen")
    kept.status = CaseStatus(rules.status_after_release(kept.kind))
    kept.released_at, kept.released_by = at, by
    if kept.kind == CaseKind.TEACHING:
        kept.closed_at = at
    else:
        kept.due_at = rules.due_at(kept.urgency, at)
    kept.escalated_at = None
    kept.save(update_fields=["status", "released_at", "released_by", "closed_at", "due_at", "escalated_at"])
    kept.media.filter(state=MediaState.READY).update(released_at=at)
    reviews.resume(case=kept)
    notices.released(case=kept, by=by, at=at)
    announce(CaseReleased(kept.public_id))


@transaction.atomic
def send_back(*, by: Person, case: Case, reason: str, at: datetime) -> None:
    """Give the case back to its author with a word on what is missing or must go; trainees and mentors lose it until it
    is released again, whole. Raises `release.forbidden`, `release.reason_needed`, `release.not_open`.
    """
    kept = _for_releaser(by, case)
    if not reason.strip():
        raise DomainError("release.reason_needed", field="reason")
    if not rules.may_move(kept.status, CaseStatus.SENT_BACK):
        raise DomainError("release.not_open")
    kept.status, kept.sent_back_reason = CaseStatus.SENT_BACK, reason.strip()[:REASON_LENGTH]
    kept.released_at = kept.released_by = kept.due_at = kept.taught_at = kept.taught_by = None
    fields = ["status", "sent_back_reason", "released_at", "released_by", "due_at", "taught_at", "taught_by"]
    kept.save(update_fields=fields)
    reviews.suspend(case=kept)
    notices.sent_back(case=kept, by=by, at=at)
    announce(CaseSentBack(kept.public_id))


def _for_releaser(by: Person, case: Case) -> Case:
    kept = locked(case)
    if not policies.may_release(by, kept):
        raise DomainError("release.forbidden")
    return kept
