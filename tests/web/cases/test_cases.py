"""The journey of a case: kept answer by answer, checked, sent, released, taught."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from courses.cases.models import Case, CaseStatus
from courses.programme.models import Course
from livesessions.room.models import Question
from shared.clock import now
from tests import case_factories, factories
from tests.drafting import page, send

pytestmark = pytest.mark.django_db

FIELDS = {
    "main_question": "Primary repair or staged closure?",
    "urgency": "week",
    "specialty": "paediatric",
    "age_band": "0-28d",
    "sex": "f",
    "diagnosis": "Gastroschisis",
    "history": "Born at 36 weeks, bowel outside the abdomen.",
    "exam": "Bowel matted, pink.",
    "treatment": "Silo since birth.",
    "blood": "limited",
    "icu": "no",
    "plan_without_answer": "Reduce daily and close on day five.",
}
CONSENT = {
    "relation": "mother",
    "language": "es",
    "scopes": ["case_review", "stills", "teaching_reuse"],
    "taken_on": "2026-11-02",
}


@pytest.fixture
def course() -> Course:
    return factories.course(title="Newborn surgery")


@pytest.fixture
def author(client: Client, course: Course) -> Person:
    person = case_factories.trainee(course)
    client.force_login(person)
    return person


def test_from_the_first_word_to_the_trainees_eyes(client: Client, author: Person, course: Course) -> None:
    html = client.get("/cases/new/").content.decode()
    assert "Ask a mentor" in html
    key = uuid4()
    for name, answer in (FIELDS | {"course": course.slug}).items():
        said = send(client, key, {name: answer}).json()
        assert said["errors"] == {}
    case = Case.objects.get()
    assert said["missing"] == []
    assert said["case"] == case.public_id
    assert case.revision == len(FIELDS) + 1
    assert "No consent is written down yet" in client.get(page(case, "case-check")).content.decode()
    assert client.post(page(case, "case-check")).status_code == 422
    assert client.post(page(case, "consent-edit"), CONSENT).headers["Location"] == page(case, "case-check")
    assert client.post(page(case, "case-check")).headers["Location"] == page(case, "case-show")
    case.refresh_from_db()
    assert case.status == CaseStatus.SUBMITTED
    assert client.get(page(case, "case-release")).status_code == 404

    second = Client()
    second.force_login(case_factories.mentor(course))
    assert case.code in second.get("/cases/?show=release").content.decode()
    assert "A second look" in second.get(page(case, "case-release")).content.decode()
    assert second.post(page(case, "case-release")).status_code == 422
    assert second.post(page(case, "case-release"), {"text": "1"}).headers["Location"] == page(case, "case-show")
    case.refresh_from_db()
    assert case.status == CaseStatus.WAITING
    assert case.due_at is not None

    reader = Client()
    reader.force_login(case_factories.trainee(course))
    assert reader.get(page(case, "case-show")).status_code == 404
    assert second.post(page(case, "case-teach"), {"open": "1"}).status_code == 302
    html = reader.get(page(case, "case-show")).content.decode()
    assert FIELDS["main_question"] in html
    assert case.code in reader.get("/cases/?show=taught").content.decode()


def test_a_question_of_a_session_becomes_a_draft_once(client: Client, course: Course) -> None:
    session = factories.session(course=course)
    mentor = factories.team_member(session=session, role="mentor").person
    room = factories.room(session=session)
    asked = {"room": room, "asker": mentor, "asker_card": {}, "asked_at": now()}
    question = Question.objects.create(text="Why not close it today?", status="answered", **asked)
    other = Question.objects.create(text="Not taken", status="dismissed", **asked)
    client.force_login(mentor)
    address = reverse("livesessions:case-begin", args=[session.public_id])
    html = client.get(address).content.decode()
    assert question.text in html
    assert other.text not in html
    first = client.post(address, {"question": question.public_id})
    assert client.post(address, {"question": question.public_id}).headers["Location"] == first.headers["Location"]
    case = Case.objects.get()
    assert (case.kind, case.course, case.session, case.status) == ("teaching", course, session, "draft")
    assert case.source_question == case.main_question == question.text
    assert question.text in client.get(first.headers["Location"]).content.decode()
    assert client.post(address, {"question": "nothing"}).status_code == 422


def test_the_course_shows_its_teaching_cases_to_its_trainees_alone(client: Client, course: Course) -> None:
    case = case_factories.case(course=course, taught_at=now())
    hidden = case_factories.case(course=course)
    address = reverse("courses:course-show", kwargs={"slug": course.slug})
    for person, sees in ((case_factories.trainee(course), True), (factories.person(), False)):
        client.force_login(person)
        html = client.get(address).content.decode()
        assert (case.code in html) is sees
        assert hidden.code not in html
    client.logout()
    assert case.code not in client.get(address).content.decode()


def test_markup_in_a_case_stays_text(client: Client, author: Person, course: Course) -> None:
    words = "<script>alert(1)</script> 965 123 456 <b>"
    case = case_factories.case(course=course, author=author, status=CaseStatus.DRAFT, history=words)
    for name in ("case-show", "case-edit", "case-check"):
        html = client.get(page(case, name)).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;" in html


def test_a_case_that_came_back_is_sent_again(client: Client, author: Person, course: Course) -> None:
    case = case_factories.case(course=course, author=author, status=CaseStatus.SUBMITTED)
    second = Client()
    second.force_login(factories.coordinator())
    assert second.post(page(case, "case-send-back"), {"reason": ""}).status_code == 422
    second.post(page(case, "case-send-back"), {"reason": "The town must go."})
    assert "The town must go." in client.get(page(case, "case-edit")).content.decode()
    assert client.post(page(case, "case-check")).status_code == 302
    case.refresh_from_db()
    assert (case.status, case.sent_back_reason) == (CaseStatus.SUBMITTED, "")


def test_a_withdrawn_consent_says_so_on_the_case(client: Client, author: Person, course: Course) -> None:
    case = case_factories.case(course=course, author=author)
    assert "cannot be taken back" in client.get(page(case, "consent-revoke")).content.decode()
    html = client.post(page(case, "consent-revoke"), follow=True).content.decode()
    assert "consent was withdrawn" in html
    assert client.get(page(case, "consent-edit")).headers["Location"] == page(case, "case-show")


def test_the_page_tells_nothing_but_the_code_in_its_title(client: Client, author: Person, course: Course) -> None:
    case = case_factories.case(course=course, author=author)
    title = client.get(page(case, "case-show")).content.decode().partition("<title>")[2].partition("</title>")[0]
    assert title == f"{case.code} · Anfiteatro"


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_the_same_for_one_and_for_three(
    client: Client, author: Person, course: Course, count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        for status in (CaseStatus.DRAFT, CaseStatus.WAITING):
            case_factories.case(course=course, author=author, status=status)
        case_factories.case(course=course, taught_at=now())
        case_factories.case(course=course, status=CaseStatus.SUBMITTED)
    with django_assert_num_queries(5):  # browser session, person, mentor anywhere, drafts, sent
        client.get("/cases/")
    with django_assert_num_queries(4):  # browser session, person, mentor anywhere, taught
        client.get("/cases/?show=taught")
    client.force_login(case_factories.mentor(course))
    with django_assert_num_queries(4):  # browser session, person, mentor anywhere, to release
        client.get("/cases/?show=release")


def test_the_second_page_begins_where_the_first_ended(client: Client, author: Person, course: Course) -> None:
    made = [case_factories.case(course=course, author=author, created_at=now()) for _ in range(27)]
    first = client.get("/cases/").content.decode()
    after = first.partition("after=")[2].partition('"')[0]
    second = client.get(f"/cases/?show=mine&after={after}").content.decode()
    for case in made:
        assert (case.code in first) is not (case.code in second)
