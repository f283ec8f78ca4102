"""Writing down what was agreed to, and that it was taken back."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from accounts.models import Person
from courses.cases.actions import notices
from courses.cases.actions.locking import locked
from courses.cases.events import CaseTaught, ConsentRevoked
from courses.cases.models import Case, CaseStatus, Consent, ConsentScope
from courses.cases.policies import cases as policies
from courses.cases.rules import consents as rules
from shared.errors import DomainError
from web.bus import announce

WRITTEN: Final = (
    "taken_on",
    "language",
    "had_interpreter",
    "relation",
    "assent",
    "scopes",
    "audience_estimate",
    "document_hash",
    "expires_on",
)


@transaction.atomic
def write(*, by: Person, case: Case, values: dict[str, Any], at: datetime) -> Consent:
    """Keep the case's consent, or correct it: the same again changes nothing. What is no longer agreed to ends at once.

    Raises `consent.forbidden`, `consent.revoked`, `consent.taken_in_future`, `consent.expires_before_taken`,
    `consent.wrong_person` for somebody who may not speak for a patient of this age.
    """
    kept = locked(case)
    if not policies.may_write_consent(by, kept):
        raise DomainError("consent.revoked" if kept.consent and kept.consent.is_revoked else "consent.forbidden")
    dates = {name: values[name] for name in ("taken_on", "expires_on")}
    if problem := rules.date_problem(**dates, on=at.date()):
        raise DomainError(problem, field="taken_on" if problem == "consent.taken_in_future" else "expires_on")
    if kept.age_band and values["relation"] not in rules.who_may_agree(kept.age_band):
        raise DomainError("consent.wrong_person", field="relation")
    consent = kept.consent or Consent(taken_by=by, created_at=at)
    for name in WRITTEN:
        setattr(consent, name, values[name])
    consent.save()
    kept.consent = consent
    kept.save(update_fields=["consent"])
    if kept.taught_at and not policies.allows(kept, ConsentScope.TEACHING_REUSE, at.date()):
        _close_teaching(kept)
        announce(CaseTaught(kept.public_id))
    return consent


@transaction.atomic
def revoke(*, by: Person, case: Case, at: datetime) -> None:
    """Take the consent back in the patient's name: from this moment nobody sees the case's media, and it is no teaching
    case. The row stays, with who and when, for the audit. Idempotent. Raises `consent.forbidden`, `consent.missing`.
    """
    kept = locked(case)
    if not policies.may_revoke_consent(by, kept):
        raise DomainError("consent.forbidden")
    if kept.consent is None:
        raise DomainError("consent.missing")
    if kept.consent.is_revoked:
        return
    kept.consent.revoked_at, kept.consent.revoked_by = at, by
    kept.consent.save(update_fields=["revoked_at", "revoked_by"])
    _close_teaching(kept)
    if kept.status == CaseStatus.SUBMITTED:
        kept.status = CaseStatus.SENT_BACK
        kept.save(update_fields=["status"])
    notices.revoked(case=kept, by=by, at=at)
    announce(ConsentRevoked(kept.public_id))


def _close_teaching(case: Case) -> None:
    case.taught_at = case.taught_by = None
    case.save(update_fields=["taught_at", "taught_by"])
