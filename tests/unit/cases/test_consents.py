"""Writing a consent down, correcting it, taking it back; and what it closes."""

from datetime import date, timedelta
from typing import Any

import pytest

from courses.cases import events
from courses.cases.actions import consents as actions
from courses.cases.models import Case, CaseStatus, Consent
from courses.cases.policies import cases as policies
from shared.clock import now
from shared.errors import DomainError
from tests import case_factories, factories

pytestmark = pytest.mark.django_db

TAKEN = date(2026, 11, 2)
VALUES: dict[str, Any] = {
    "taken_on": TAKEN,
    "language": "qu",
    "had_interpreter": True,
    "relation": "mother",
    "assent": None,
    "scopes": ["case_review", "stills"],
    "audience_estimate": 20,
    "document_hash": "",
    "expires_on": None,
}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    said: list[object] = []
    monkeypatch.setattr(actions, "announce", said.append)
    return said


def write(case: Case, **changes: Any) -> Consent:
    return actions.write(by=case.author, case=case, values=VALUES | changes, at=now())


def code(case: Case, **changes: Any) -> str:
    with pytest.raises(DomainError) as caught:
        write(case, **changes)
    return caught.value.code


def test_a_consent_is_written_once_and_corrected_in_place() -> None:
    case = case_factories.case(status=CaseStatus.DRAFT, consent=None)
    first = write(case)
    second = write(case, language="es")
    assert (first.pk, Consent.objects.count()) == (second.pk, 1)
    case.refresh_from_db()
    assert (case.consent_id, case.consent and case.consent.language) == (first.pk, "es")
    assert first.taken_by == case.author


def test_what_cannot_be_is_refused() -> None:
    case = case_factories.case(status=CaseStatus.DRAFT, consent=None)
    assert code(case, taken_on=now().date() + timedelta(days=1)) == "consent.taken_in_future"
    assert code(case, expires_on=TAKEN - timedelta(days=1)) == "consent.expires_before_taken"
    assert code(case, relation="patient") == "consent.wrong_person"
    with pytest.raises(DomainError, match=r"consent\.forbidden"):
        actions.write(by=factories.coordinator(), case=case, values=VALUES, at=now())
    assert not Consent.objects.exists()


def test_agreeing_to_less_closes_teaching_at_once(told: list[object]) -> None:
    case = case_factories.case(taught_at=now())
    write(case, scopes=["case_review", "teaching_reuse"])
    assert told == []
    write(case)
    case.refresh_from_db()
    assert (case.taught_at, told) == (None, [events.CaseTaught(case.public_id)])


def test_taking_it_back_hides_every_medium_from_everybody(told: list[object]) -> None:
    case = case_factories.case(taught_at=now())
    medium = case_factories.medium(case=case)
    coordinator = factories.coordinator()
    people = [case.author, coordinator, case_factories.mentor(case.course), case_factories.trainee(case.course)]
    assert all(policies.may_see_medium(person, medium) for person in people)
    for _ in range(2):
        actions.revoke(by=coordinator, case=case, at=now())
    medium.refresh_from_db()
    medium.case.refresh_from_db()
    assert not any(policies.may_see_medium(person, medium) for person in people)
    assert told == [events.ConsentRevoked(case.public_id)]
    kept = Consent.objects.get(pk=case.consent_id)
    assert (kept.revoked_by, kept.is_revoked, medium.case.taught_at) == (coordinator, True, None)
    assert code(medium.case) == "consent.revoked"


def test_taking_it_back_stops_a_release() -> None:
    case = case_factories.case(status=CaseStatus.SUBMITTED)
    actions.revoke(by=case.author, case=case, at=now())
    case.refresh_from_db()
    assert case.status == CaseStatus.SENT_BACK


def test_only_the_author_and_coordinators_take_it_back() -> None:
    case = case_factories.case()
    for person in (case_factories.mentor(case.course), case_factories.trainee(case.course), factories.person()):
        with pytest.raises(DomainError, match=r"consent\.forbidden"):
            actions.revoke(by=person, case=case, at=now())
    bare = case_factories.case(status=CaseStatus.DRAFT, consent=None)
    with pytest.raises(DomainError, match=r"consent\.missing"):
        actions.revoke(by=bare.author, case=bare, at=now())


@pytest.mark.parametrize(("left", "sees"), [(1, True), (0, True), (-1, False)])
def test_an_expired_consent_closes_as_a_revoked_one_does(left: int, sees: bool) -> None:
    expires = now().date() + timedelta(days=left)
    case = case_factories.case(consent=case_factories.consent(expires_on=expires), taught_at=now())
    medium = case_factories.medium(case=case)
    assert policies.may_see_medium(case.author, medium) is sees
    assert policies.is_taught(case) is sees
    assert policies.allows(case, actions.ConsentScope.CASE_REVIEW, on=expires)
    assert not policies.allows(case, actions.ConsentScope.CASE_REVIEW, on=expires + timedelta(days=1))


@pytest.mark.parametrize("fields", [{"expires_on": date(2026, 11, 3)}, {"revoked": True}])
def test_a_void_consent_closes_a_draft_to_its_author_too(fields: dict[str, Any]) -> None:
    revoked = fields.pop("revoked", False)
    case = case_factories.case(status=CaseStatus.DRAFT, consent=case_factories.consent(**fields))
    medium = case_factories.medium(case=case)
    if revoked:
        actions.revoke(by=case.author, case=case, at=now())
        medium.case.refresh_from_db()
    assert not policies.may_see_medium(case.author, medium)
