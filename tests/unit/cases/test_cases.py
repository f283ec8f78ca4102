"""Keeping drafts, sending, taking back, teaching."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.models import Person
from courses.cases import events
from courses.cases.actions import cases as actions
from courses.cases.models import Case, CaseKind, CaseStatus, MediaState
from courses.cases.queries import cases, checks
from courses.programme.models import Course
from shared.clock import now
from shared.errors import DomainError
from tests import case_factories, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    return factories.course()


@pytest.fixture
def author(course: Course) -> Person:
    return case_factories.trainee(course)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    said: list[object] = []
    monkeypatch.setattr(actions, "announce", said.append)
    return said


def save(author: Person, key: Any, base: int = 0, typed: dict[str, int] | None = None, **values: Any) -> actions.Saved:
    return actions.save(by=author, key=key, values=values, typed=typed, base=base, at=now())


def refusal(**asked: Any) -> str:
    with pytest.raises(DomainError) as caught, transaction.atomic():
        actions.submit(**{"ticked": [], "at": now()} | asked)
    return caught.value.code


def test_a_draft_sent_twice_is_one_draft_and_one_revision(author: Person) -> None:
    key = uuid4()
    assert save(author, key, history="Fever").is_new
    again = save(author, key, history="Fever")
    assert (again.is_new, again.case.revision, Case.objects.count()) == (False, 1, 1)


def test_the_same_key_of_two_authors_is_two_drafts(author: Person, course: Course) -> None:
    key = uuid4()
    save(author, key, history="Mine")
    save(case_factories.trainee(course), key, history="Theirs")
    assert sorted(Case.objects.values_list("history", flat=True)) == ["Mine", "Theirs"]


def test_fields_of_two_devices_are_both_kept(author: Person) -> None:
    key = uuid4()
    save(author, key, history="From the phone")
    save(author, key, exam="From the ward")
    case = Case.objects.get()
    assert (case.history, case.exam, case.revision) == ("From the phone", "From the ward", 2)


def test_of_one_field_the_later_typing_stays_whenever_it_arrives(author: Person) -> None:
    key, at_ms = uuid4(), int(now().timestamp() * 1000)
    save(author, key, history="typed second", typed={"history": at_ms - 1_000})
    late = save(author, key, history="typed first", typed={"history": at_ms - 60_000})
    assert (late.lost, late.case.history) == ({"history"}, "typed second")
    newer = save(author, key, history="typed third", typed={"history": at_ms})
    assert (newer.lost, newer.case.history) == (frozenset(), "typed third")


def test_who_saw_the_others_words_replaces_them(author: Person) -> None:
    key, at_ms = uuid4(), int(now().timestamp() * 1000)
    first = save(author, key, history="seen")
    kept = save(author, key, base=first.case.revision, history="replaced", typed={"history": at_ms - 10**7})
    assert kept.case.history == "replaced"


def test_a_clock_that_runs_ahead_wins_nothing_for_ever(author: Person) -> None:
    key, at_ms = uuid4(), int(now().timestamp() * 1000)
    save(author, key, history="from the future", typed={"history": at_ms + 10**9})
    assert save(author, key, history="now").case.history == "now"


def test_strangers_begin_no_draft_and_nobody_sends_to_a_course_they_are_not_in(author: Person) -> None:
    with pytest.raises(DomainError, match=r"case\.forbidden"):
        save(factories.person(), uuid4(), history="x")
    with pytest.raises(DomainError, match=r"case\.course_forbidden"):
        save(author, uuid4(), course=factories.course())
    with pytest.raises(ValueError, match="status"):
        save(author, uuid4(), status="approved")
    assert not Case.objects.exists()


def test_a_case_that_was_sent_is_not_changed(author: Person, course: Course) -> None:
    case = case_factories.case(course=course, author=author, status=CaseStatus.SUBMITTED)
    with pytest.raises(DomainError, match=r"case\.not_open"):
        save(author, case.key, history="other words")


def test_a_question_that_was_sent_once_does_not_become_a_teaching_case(author: Person, course: Course) -> None:
    case = case_factories.case(course=course, author=author, status=CaseStatus.SENT_BACK, released_at=None)
    assert save(author, case.key, kind="teaching", exam="new").case.kind == CaseKind.REVIEW


def test_drafts_have_an_end(author: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "PERSON_DRAFTS", 2)
    for _ in range(2):
        save(author, uuid4(), history="x")
    with pytest.raises(DomainError, match=r"case\.too_many"):
        save(author, uuid4(), history="x")


def draft(author: Person, course: Course, **fields: Any) -> Case:
    return case_factories.case(course=course, author=author, status=CaseStatus.DRAFT, **fields)


def test_a_complete_draft_is_sent_once(author: Person, course: Course, told: list[object]) -> None:
    case = draft(author, course)
    actions.submit(by=author, case=case, ticked=[], at=now())
    case.refresh_from_db()
    assert (case.status, told) == (CaseStatus.SUBMITTED, [events.CaseSubmitted(case.public_id)])
    assert refusal(by=author, case=case) == "case.not_open"
    assert refusal(by=case_factories.mentor(course), case=case) == "case.forbidden"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"history": "  "}, "case.incomplete"),
        ({"consent": None}, "consent.missing"),
        ({"age_band": "18-39y"}, "consent.wrong_person"),
        ({"age_band": "15-17y"}, "consent.child_not_asked"),
        ({"history": "Call the mother, 965 123 456."}, "case.identifiers"),
    ],
)
def test_what_keeps_a_draft_from_being_sent(
    author: Person, course: Course, told: list[object], fields: dict[str, Any], code: str
) -> None:
    case = draft(author, course, **fields)
    assert (refusal(by=author, case=case), told) == (code, [])
    case.refresh_from_db()
    assert case.status == CaseStatus.DRAFT


def test_a_consent_must_stand_on_the_day(author: Person, course: Course) -> None:
    past = case_factories.consent(expires_on=now().date() - timedelta(days=1))
    assert refusal(by=author, case=draft(author, course, consent=past)) == "consent.expired"
    taken_back = case_factories.consent(revoked_at=now(), revoked_by=author)
    assert refusal(by=author, case=draft(author, course, consent=taken_back)) == "consent.revoked"


@pytest.mark.parametrize(
    ("medium", "code"),
    [
        ({"state": MediaState.PROCESSING, "kind": ""}, "case.media_processing"),
        ({"state": MediaState.REFUSED, "kind": ""}, "case.media_refused"),
        ({"checked_at": None}, "case.media_unchecked"),
        ({"caption": "Hijo de María Quispe Mamani"}, "case.identifiers"),
    ],
)
def test_media_must_be_ready_looked_at_and_nameless(
    author: Person, course: Course, medium: dict[str, Any], code: str
) -> None:
    case = draft(author, course)
    case_factories.medium(case=case, **medium)
    assert refusal(by=author, case=case) == code


def test_media_must_be_agreed_to(author: Person, course: Course) -> None:
    case = draft(author, course, consent=case_factories.consent(scopes=["case_review"]))
    case_factories.medium(case=case, kind="video")
    assert refusal(by=author, case=case) == "consent.lacks.recording"


def test_removed_media_are_no_hindrance(author: Person, course: Course) -> None:
    case = draft(author, course)
    case_factories.medium(case=case, state=MediaState.REMOVED, kind="", checked_at=None)
    actions.submit(by=author, case=case, ticked=[], at=now())
    case.refresh_from_db()
    assert case.status == CaseStatus.SUBMITTED


def test_findings_are_acknowledged_by_kind_and_place_and_kept_as_counts(author: Person, course: Course) -> None:
    case = draft(author, course, history="Call 965 123 456 or 965 123 457.", exam="Call 965 123 458.")
    assert refusal(by=author, case=case, ticked=["history:phone"]) == "case.identifiers"
    actions.submit(by=author, case=case, ticked=["history:phone", "exam:phone"], at=now())
    case.refresh_from_db()
    assert case.acknowledged == {"history": {"phone": 2}, "exam": {"phone": 1}}


def test_taking_a_case_back_closes_it_once(author: Person, course: Course, told: list[object]) -> None:
    case = case_factories.case(course=course, author=author, taught_at=now())
    for _ in range(2):
        actions.withdraw(by=author, case=case, at=now())
    case.refresh_from_db()
    assert (case.status, case.taught_at, case.due_at) == (CaseStatus.WITHDRAWN, None, None)
    assert told == [events.CaseWithdrawn(case.public_id)]
    with pytest.raises(DomainError, match=r"case\.forbidden"):
        actions.withdraw(by=factories.coordinator(), case=case, at=now())


def test_an_answered_case_stays(author: Person, course: Course) -> None:
    case = case_factories.case(course=course, author=author, status=CaseStatus.APPROVED)
    with pytest.raises(DomainError, match=r"case\.not_open"):
        actions.withdraw(by=author, case=case, at=now())


def test_teaching_wants_a_release_and_the_patients_word(course: Course, told: list[object]) -> None:
    mentor = case_factories.mentor(course)
    case = case_factories.case(course=course)
    for _ in range(2):
        actions.teach(by=mentor, case=case, is_open=True, at=now())
    assert told == [events.CaseTaught(case.public_id)]
    unreleased = case_factories.case(course=course, status=CaseStatus.SUBMITTED)
    unagreed = case_factories.case(course=course, consent=case_factories.consent(scopes=["case_review"]))
    for other, by in ((unreleased, mentor), (unagreed, mentor), (case, case.author), (case, factories.person())):
        with pytest.raises(DomainError, match=r"case\.forbidden"):
            actions.teach(by=by, case=other, is_open=True, at=now())


def test_nobody_begins_a_teaching_case_for_a_course_they_are_not_in() -> None:
    asked = {"session": factories.session(), "key": uuid4(), "question": "Why?"}
    with pytest.raises(DomainError, match=r"case\.course_forbidden"):
        actions.begin_teaching(by=factories.person(), **asked)


def test_the_database_refuses_an_author_who_releases() -> None:
    case = case_factories.case()
    case.released_by = case.author
    with pytest.raises(IntegrityError, match="case_second_person"), transaction.atomic():
        case.save()


def test_pages_follow_each_other_without_holes_or_doubles(author: Person, course: Course, monkeypatch: Any) -> None:
    monkeypatch.setattr(cases, "PER_PAGE", 3)
    at = now()
    for number in range(8):
        case_factories.case(course=course, author=author, created_at=at - timedelta(minutes=number // 3))
    seen, after = list[int](), ""
    while True:
        page = cases.sent(author, after)
        seen += [case.pk for case in page.cases]
        if not (after := page.after):
            break
    own = Case.objects.filter(author=author).order_by("-created_at", "-id")
    assert seen == list(own.values_list("pk", flat=True))
    assert cases.sent(author, "nothing-here").cases == []


def test_a_check_costs_one_query_whatever_it_finds(
    author: Person, course: Course, django_assert_num_queries: Any
) -> None:
    case = cases.find(draft(author, course, history="965 123 456").public_id)
    assert case is not None
    for _ in range(3):
        case_factories.medium(case=case, caption="965 123 456")
    with django_assert_num_queries(1):
        checked = checks.of(case)
    assert len([text for text in checked.texts if text.found]) == 4
