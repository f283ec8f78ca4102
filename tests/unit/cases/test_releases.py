"""The second person: releasing, and sending back."""

from datetime import timedelta
from typing import Any

import pytest

from courses.cases import events
from courses.cases.actions import releases as actions
from courses.cases.models import Case, CaseStatus, MediaState
from shared.clock import now
from shared.errors import DomainError
from tests import case_factories, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    said: list[object] = []
    monkeypatch.setattr(actions, "announce", said.append)
    return said


def submitted(**fields: Any) -> Case:
    return case_factories.case(status=CaseStatus.SUBMITTED, **fields)


def release(case: Case, **asked: Any) -> None:
    actions.release(**{"by": factories.coordinator(), "case": case, "ticked": [], "seen": [], "at": now()} | asked)
    case.refresh_from_db()


def code(case: Case, **asked: Any) -> str:
    with pytest.raises(DomainError) as caught:
        release(case, **asked)
    return caught.value.code


def test_a_release_opens_the_case_and_its_media_and_sets_the_clock(told: list[object]) -> None:
    case, at = submitted(urgency="day"), now()
    medium = case_factories.medium(case=case)
    mentor = case_factories.mentor(case.course)
    release(case, by=mentor, seen=[medium.public_id], at=at)
    medium.refresh_from_db()
    assert (case.status, case.released_by, case.released_at) == (CaseStatus.WAITING, mentor, at)
    assert (case.due_at, medium.released_at) == (at + timedelta(hours=12), at)
    assert told == [events.CaseReleased(case.public_id)]
    assert code(case) == "release.not_submitted"


def test_a_teaching_case_waits_for_nobody() -> None:
    case = submitted(kind="teaching", urgency="", plan_without_answer="")
    release(case)
    assert (case.status, case.due_at) == (CaseStatus.CLOSED, None)


def test_who_wrote_it_does_not_release_it_whoever_they_are() -> None:
    course = factories.course()
    coordinator = factories.coordinator()
    own = submitted(course=course, author=coordinator)
    assert code(own, by=coordinator) == "release.forbidden"
    mentor = case_factories.mentor(course)
    assert code(submitted(course=course, author=mentor), by=mentor) == "release.forbidden"


def test_strangers_trainees_and_other_mentors_release_nothing() -> None:
    case = submitted()
    others = [factories.person(), case_factories.trainee(case.course), case_factories.mentor(factories.course())]
    for person in others:
        assert code(case, by=person) == "release.forbidden"
        with pytest.raises(DomainError, match=r"release\.forbidden"):
            actions.send_back(by=person, case=case, reason="No", at=now())


def test_every_medium_must_have_been_looked_at() -> None:
    case = submitted()
    seen, unseen = case_factories.medium(case=case), case_factories.medium(case=case)
    case_factories.medium(case=case, state=MediaState.REMOVED)
    assert code(case, seen=[seen.public_id]) == "release.media_unseen"
    release(case, seen=[seen.public_id, unseen.public_id])
    assert case.status == CaseStatus.WAITING


def test_the_text_and_the_captions_are_searched_again() -> None:
    case = submitted(history="Call 965 123 456.", acknowledged={"history": {"phone": 1}})
    medium = case_factories.medium(case=case, caption="Call 965 123 457.")
    ticks = ["history:phone", f"caption-{medium.public_id}:phone"]
    assert code(case, seen=[medium.public_id]) == "case.identifiers"
    assert code(case, seen=[medium.public_id], ticked=ticks[:1]) == "case.identifiers"
    release(case, seen=[medium.public_id], ticked=ticks)
    assert case.status == CaseStatus.WAITING


def test_a_consent_that_was_taken_back_meanwhile_stops_it() -> None:
    case = submitted(consent=case_factories.consent(revoked_at=now(), revoked_by=factories.person()))
    assert code(case) == "consent.revoked"


def test_sending_back_undoes_the_release_and_says_why(told: list[object]) -> None:
    case = case_factories.case(taught_at=now(), due_at=now())
    with pytest.raises(DomainError, match=r"release\.reason_needed"):
        actions.send_back(by=factories.coordinator(), case=case, reason="  ", at=now())
    actions.send_back(by=factories.coordinator(), case=case, reason=" The town. ", at=now())
    case.refresh_from_db()
    assert (case.status, case.sent_back_reason) == (CaseStatus.SENT_BACK, "The town.")
    assert (case.released_at, case.released_by, case.taught_at, case.due_at) == (None, None, None, None)
    assert told == [events.CaseSentBack(case.public_id)]


@pytest.mark.parametrize("status", [CaseStatus.APPROVED, CaseStatus.CLOSED])
def test_what_was_answered_is_not_sent_back(status: CaseStatus) -> None:
    case = case_factories.case(status=status)
    with pytest.raises(DomainError, match=r"release\.not_open"):
        actions.send_back(by=factories.coordinator(), case=case, reason="Why", at=now())
