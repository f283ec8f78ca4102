"""Keeping drafts: by the script, by a plain form, and from a page without a network."""

import json
import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from courses.cases.models import Case, CaseStatus
from courses.programme.models import Course
from tests import case_factories, factories
from tests.drafting import page, send

pytestmark = pytest.mark.django_db

FIELDS = {
    "main_question": "Primary repair or staged closure?",
    "urgency": "week",
    "specialty": "paediatric",
    "history": "Born at 36 weeks, bowel outside the abdomen.",
}


@pytest.fixture
def course() -> Course:
    return factories.course(title="Newborn surgery")


@pytest.fixture
def author(client: Client, course: Course) -> Person:
    person = case_factories.trainee(course)
    client.force_login(person)
    return person


def test_a_wrong_answer_is_told_and_the_others_are_kept(client: Client, author: Person) -> None:
    key = uuid4()
    wrong = {"weight_kg": "three", "urgency": "soon", "author": "eva", "history": None, "exam": "\ud800"}
    said = send(client, key, wrong | {"diagnosis": "Cleft lip", "labs": "a\r\nb"}).json()
    assert sorted(said["errors"]) == ["author", "exam", "history", "urgency", "weight_kg"]
    assert said["saved"] == {"diagnosis": "Cleft lip", "labs": "a\nb"}
    case = Case.objects.get()
    assert (case.diagnosis, case.author, case.history, case.weight_kg) == ("Cleft lip", author, "", None)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [({"weight_kg": "3,25"}, "3.25"), ({"weight_kg": " 3.2 "}, "3.2"), ({"icd10": "q79 .3"}, "Q79.3")],
)
def test_answers_are_understood_as_people_write_them(
    client: Client, author: Person, typed: dict[str, str], kept: str
) -> None:
    assert list(send(client, uuid4(), typed).json()["saved"].values()) == [kept]


def test_text_beyond_all_measure_is_refused(client: Client, author: Person) -> None:
    key = uuid4()
    assert send(client, key, {"history": "x" * 6_000}).json()["errors"] == {}
    assert "history" in send(client, key, {"history": "x" * 6_001}).json()["errors"]
    assert "main_question" in send(client, key, {"main_question": "x" * 1_001}).json()["errors"]
    assert send(client, key, {"history": "x" * 300_000}).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        " ",
        "nonsense",
        "[]",
        "null",
        "[" * 100_000,
        '{"fields": []}',
        '{"fields": {}, "base": "1"}',
        '{"fields": {}, "base": -1}',
        '{"fields": {}, "ages": {"exam": -5}}',
        '{"fields": {}, "ages": {"exam": 1e99}}',
        json.dumps({"fields": {str(number): "" for number in range(65)}}),
    ],
)
def test_what_is_no_answer_is_no_fault_of_ours(client: Client, author: Person, body: str) -> None:
    address = reverse("courses:case-save", kwargs={"key": uuid4()})
    answer = client.post(address, body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "case.malformed")
    assert not Case.objects.exists()


def test_two_devices_hear_of_each_other(client: Client, author: Person) -> None:
    key = uuid4()
    first = send(client, key, {"history": "From the phone"}).json()
    told = send(client, key, {"exam": "From the ward"}, base=0).json()
    assert told["others"] == {"history": "From the phone"}
    late = send(client, key, {"history": "Older words"}, base=0, ages={"history": 60_000}).json()
    assert (late["saved"], late["others"]["history"]) == ({}, "From the phone")
    mine = send(client, key, {"history": "Seen and changed"}, base=first["revision"]).json()
    assert (mine["saved"], "history" in mine["others"]) == ({"history": "Seen and changed"}, False)


def test_what_one_person_typed_is_not_sent_in_anothers_name(client: Client, author: Person, course: Course) -> None:
    other = case_factories.trainee(course)
    answer = send(client, uuid4(), {"history": "Fever"}, who=other.public_id)
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in.other")
    assert not Case.objects.exists()


def test_a_sent_case_answers_a_late_device_with_a_conflict(client: Client, author: Person, course: Course) -> None:
    case = case_factories.case(course=course, author=author, status=CaseStatus.SUBMITTED)
    answer = send(client, case.key, {"history": "late"})
    assert (answer.status_code, answer.json()["code"]) == (409, "case.not_open")


def test_the_form_works_without_a_script(client: Client, author: Person, course: Course) -> None:
    save = reverse("courses:case-save", kwargs={"key": uuid4()})
    kept = client.post(save, FIELDS | {"course": course.slug, "kind": "review", "weight_kg": "no number"})
    html = kept.content.decode()
    assert (kept.status_code, "no number" in html, FIELDS["history"] in html) == (200, True, True)
    case = Case.objects.get()
    assert (case.history, case.course) == (FIELDS["history"], course)
    assert client.post(page(case, "case-edit"), {"exam": "New"}).headers["Location"] == page(case, "case-edit")
    assert client.post(save, {"next": "check"}).headers["Location"] == page(case, "case-check")
    case.refresh_from_db()
    assert (case.exam, case.history) == ("New", FIELDS["history"])


def test_a_draft_kept_on_a_device_is_found_by_its_key(client: Client, author: Person) -> None:
    key = uuid4()
    assert str(key) in client.get(f"/cases/new/?key={key}").content.decode()
    send(client, key, {"history": "Fever"})
    assert client.get(f"/cases/new/?key={key}").headers["Location"] == page(Case.objects.get(), "case-edit")
    assert client.get("/cases/new/?key=nonsense").status_code == 200


def test_the_page_for_no_network_is_nobodys(client: Client, author: Person, course: Course) -> None:
    mine = case_factories.case(course=course, author=author, status=CaseStatus.DRAFT)
    html = client.get("/cases/offline/es/").content.decode()
    told = (author.public_id, author.full_name, course.title, mine.code, mine.public_id)
    assert [word for word in told if word in html] == []
    assert html.partition("</head>")[2] == Client().get("/cases/offline/es/").content.decode().partition("</head>")[2]
    assert client.get("/cases/offline/xx/").status_code == 404


def test_the_worker_keeps_the_form_and_what_it_is_made_of(client: Client) -> None:
    script = client.get("/cases/worker.js?language=pt")
    assert script.headers["Content-Type"] == "text/javascript"
    kept = json.loads(script.content.decode().partition("self.SHELL = ")[2].partition(";")[0])
    html = client.get(kept[0]).content.decode()
    assert kept[0] == "/cases/offline/pt/"
    linked = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', html))
    assert linked <= set(kept)
    assert "/static/js/cases/draft.js" in kept
    assert client.get("/cases/worker.js?language=xx").status_code == 404
