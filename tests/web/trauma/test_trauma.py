"""Pages of the trauma registry: writing, correcting, counting, taking away."""

import csv
import io
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from courses.programme.models import Course
from courses.trauma.models import TraumaRecord
from courses.trauma.queries import records as trauma
from courses.trauma.rules.fields import COLUMNS, FIELDS
from tests import case_factories, factories

pytestmark = pytest.mark.django_db

LIST, NEW, CHARTS = "/trauma/", "/trauma/new/", "/trauma/charts/"


@pytest.fixture
def course() -> Course:
    return factories.course(mission=factories.mission(hospital="Hospital Iquitos"))


@pytest.fixture
def me(client: Client, course: Course) -> Person:
    person = case_factories.trainee(course)
    client.force_login(person)
    return person


def record(author: Person, course: Course | None = None, **answers: str) -> TraumaRecord:
    return TraumaRecord.objects.create(author=author, course=course, answers=answers)


def change(kept: TraumaRecord) -> str:
    return reverse("courses:trauma-change", kwargs={"record": kept.public_id})


def table(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_record_is_written_by_taps(client: Client, me: Person, course: Course) -> None:
    page = client.get(NEW).content.decode()
    assert f'<option value="{course.slug}" selected>' in page
    typed = {
        "key": str(uuid4()),
        "facility": course.slug,
        "arrival_year": "2026",
        "arrival_hour": "7",
        "injury_days_before": "1",
        "injury_hour": "22",
        "age": "30",
        "sex": "2",
        "sbp": "85",
        "rr": "31",
        "spo2_unknown": "on",
        "avpu": "V",
        "serious_injuries": "1",
        "region_head": "3",
        "rest_spared": "on",
    }
    answer = client.post(NEW, typed)
    kept = TraumaRecord.objects.get()
    assert answer.headers["Location"] == change(kept)
    assert kept.answers | {"facility": "Hospital Iquitos", "spo2": "UNK", "region_legs": "0"} == kept.answers
    assert "sex_unknown" not in kept.answers
    page = client.get(change(kept)).content.decode()
    assert "<dd>6</dd>" in page  # 1 + 1 + 1 + 2 + 1
    assert "<dd>9</dd>" in page  # hours to the hospital
    assert client.post(NEW, typed).headers["Location"] == change(kept)
    assert TraumaRecord.objects.count() == 1


def test_one_tick_says_that_nothing_else_is_known(client: Client, me: Person) -> None:
    client.post(NEW, {"key": str(uuid4()), "sex": "1", "rest_unknown": "on"})
    answers = TraumaRecord.objects.get().answers
    told = {name: answers.get(name, "") for name, column in COLUMNS.items() if not column.is_optional}
    assert told.pop("sex") == "1"
    assert set(told.values()) == {"UNK"}


def test_an_empty_record_may_be_saved_and_finished_later(client: Client, me: Person) -> None:
    assert client.post(NEW, {"key": str(uuid4())}).status_code == 302
    kept = TraumaRecord.objects.get()
    page = client.get(change(kept)).content.decode()
    assert "<dd>0–10</dd>" in page
    assert "A range, because this is not known:" in page
    assert client.post(change(kept), {"key": str(kept.key), "sex": "1"}).status_code == 302
    kept.refresh_from_db()
    assert kept.answers == {"sex": "1"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "x"},
        {"sbp": "400"},
        {"sbp": "<script>"},
        {"sex": "9"},
        {"facility": "somewhere"},
        {"age": "91"},
        {"disposition": "6", "status_discharge": "1"},
    ],
)
def test_a_wrong_answer_comes_back_with_what_was_typed(client: Client, me: Person, wrong: dict[str, str]) -> None:
    answer = client.post(NEW, {"key": str(uuid4()), "rr": "17"} | wrong)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Nothing is saved yet" in page
    assert 'value="17"' in page
    assert "<script>" not in page.split("<form", 1)[1]
    assert not TraumaRecord.objects.exists()


def test_a_record_from_a_case_begins_with_what_the_case_tells(client: Client, course: Course) -> None:
    case = case_factories.case(course=course, sex="m")
    client.force_login(case.author)
    address = reverse("courses:trauma-from-case", kwargs={"case": case.public_id})
    page = client.get(address).content.decode()
    assert 'name="sex" value="2"' in page
    assert "Age in the case: 0 to 28 days." in page
    assert client.post(address, {"key": str(uuid4()), "sex": "2", "facility": course.slug}).status_code == 302
    kept = TraumaRecord.objects.get(case=case)
    assert client.get(address).headers["Location"] == change(kept)


def test_one_lists_ones_own_records_and_coordinators_all(client: Client, me: Person, course: Course) -> None:
    own, other = record(me, course), record(case_factories.trainee(course), course)
    page = client.get(LIST).content.decode()
    assert own.code in page
    assert other.code not in page
    client.force_login(factories.coordinator())
    page = client.get(LIST).content.decode()
    assert own.code in page
    assert other.code in page


@pytest.mark.parametrize("records", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client: Client, records: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    by = factories.coordinator()
    for _ in range(records):
        record(factories.member(), sex="1")
    client.force_login(by)
    with django_assert_num_queries(4):  # browser session, person, count, rows
        client.get(LIST)


@pytest.mark.parametrize("records", [1, 3])
@pytest.mark.parametrize("page", [CHARTS, "/trauma/completeness/", "/trauma/records.csv"])
def test_counting_costs_the_same_for_one_and_for_three(
    client: Client, records: int, page: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(records):
        record(factories.member(), sex="1")
    client.force_login(factories.coordinator())
    with django_assert_num_queries(3):  # browser session, person, rows
        client.get(page)


def test_a_mentor_counts_the_courses_records_without_small_cells(client: Client, course: Course) -> None:
    author = case_factories.trainee(course)
    for _ in range(7):
        record(author, course, mechanism="2", status_30d="1")
    record(author, course, mechanism="6", status_30d="3")
    record(factories.person(), factories.course(), mechanism="7")
    client.force_login(case_factories.mentor(course))
    answer = client.get(CHARTS)
    rows = {str(row["label"]): row["count"] for row in answer.context["bars"][0]["rows"]}
    assert answer.context["total"] == 8
    assert (rows["Firearm"], rows["Stab or cut"]) == (None, 0)
    assert "Counts below 5 are not shown" in answer.content.decode()
    assert client.get(CHARTS, {"of": "mine"}).context["total"] == 0
    client.force_login(author)
    assert client.get(CHARTS, {"of": "mine"}).context["bars"][0]["rows"][5]["count"] == 1
    client.force_login(factories.coordinator())
    assert client.get(CHARTS).context["total"] == 9


def test_completeness_tells_holes_from_not_known(client: Client, me: Person) -> None:
    record(me, sex="1"), record(me, sex="UNK"), record(me)
    rows = {row["told"].field.name: row["told"] for row in client.get("/trauma/completeness/").context["rows"]}
    assert (rows["sex"].known, rows["sex"].unknown, rows["sex"].empty) == (1, 1, 1)
    assert len(rows) == len(FIELDS)


def test_the_file_has_codes_and_no_people(client: Client, me: Person, course: Course) -> None:
    case = case_factories.case(course=course)
    kept = record(me, course, sex="UNK", mechanism="6", sbp="85", facility="=HYPERLINK(1)")
    TraumaRecord.objects.filter(pk=kept.pk).update(case=case)
    client.force_login(factories.coordinator())
    answer = client.get("/trauma/records.csv")
    (row,) = table(answer)
    assert tuple(row) == trauma.header()
    assert (row["code"], row["sex"], row["mechanism"], row["sbp"], row["rr"]) == (kept.code, "3", "6", "85", "")
    assert (row["injury_type"], row["kts_low"], row["kts_high"], row["hours"]) == ("2", "1", "9", "")
    assert row["facility"] == "'=HYPERLINK(1)"
    text = answer.content.decode()
    assert not any(word in text for word in (me.full_name, me.email, case.code, case.public_id, kept.public_id))


def test_the_dictionary_explains_every_column_in_the_readers_language(client: Client, me: Person) -> None:
    rows = table(client.get("/trauma/dictionary.csv"))
    assert [row["Column"] for row in rows] == list(COLUMNS)
    by_column = {row["Column"]: row for row in rows}
    assert by_column["sex"]["Values"] == "1 = Female; 2 = Male"
    assert (by_column["sex"]["Not known"], by_column["sbp"]["Values"]) == ("3", "0–300")
    assert all(row["Meaning"] and row["Source"] for row in rows)
