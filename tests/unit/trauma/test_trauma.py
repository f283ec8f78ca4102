"""Writing in the trauma registry: who may, sent twice, what gets in, what a case tells."""

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from accounts.models import Person
from courses.cases.models import CaseStatus
from courses.outcomes.actions import outcomes
from courses.outcomes.actions.outcomes import Outcome
from courses.programme.models import Course
from courses.trauma import actions, terms
from courses.trauma.models import TraumaRecord
from courses.trauma.queries import charts
from courses.trauma.queries import records as trauma
from courses.trauma.rules.fields import COLUMNS, FIELDS, Column
from shared.clock import now
from shared.errors import DomainError
from tests import case_factories, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    return factories.course(mission=factories.mission(hospital="Hospital Iquitos"))


def added(by: Person, **fields: Any) -> TraumaRecord:
    defaults: dict[str, Any] = {"key": uuid4(), "answers": {"sex": "1"}}
    return actions.add(by=by, **defaults | fields)


def test_a_record_sent_twice_is_one(course: Course) -> None:
    by, key = case_factories.trainee(course), uuid4()
    first = added(by, key=key, course=course)
    again = added(by, key=key, course=course, answers={"sex": "2"})
    assert first == again
    assert TraumaRecord.objects.get().answers == {"sex": "1", "facility": "Hospital Iquitos"}


def test_trainees_mentors_and_coordinators_write_and_nobody_else(course: Course) -> None:
    for by in (case_factories.trainee(course), case_factories.mentor(course), factories.coordinator()):
        added(by, course=course)
    assert TraumaRecord.objects.count() == 3
    remote = factories.enrolment(session=factories.session(course=course)).person
    for by in (factories.person(), remote):
        with pytest.raises(DomainError, match=r"trauma\.forbidden"):
            added(by)
    assert TraumaRecord.objects.count() == 3


def test_the_hospital_is_one_the_author_writes_for_and_never_a_typed_word(course: Course) -> None:
    by = case_factories.trainee(course)
    with pytest.raises(DomainError, match=r"trauma\.facility"):
        added(by, course=factories.course())
    assert added(by, answers={"facility": "Casa de Ana Quispe"}).answers == {}
    assert added(by, answers={"facility": "UNK"}).answers == {"facility": "UNK"}


def test_the_author_and_coordinators_correct_a_record(course: Course) -> None:
    by = case_factories.trainee(course)
    record = added(by, course=course)
    for person in (case_factories.mentor(course), case_factories.trainee(course)):
        with pytest.raises(DomainError, match=r"trauma\.forbidden"):
            actions.change(by=person, record=record, answers={"sex": "2"})
    actions.change(by=factories.coordinator(), record=record, answers={"sex": "2", "sbp": "080"}, course=course)
    record.refresh_from_db()
    assert record.answers == {"sex": "2", "sbp": "80", "facility": "Hospital Iquitos"}
    with pytest.raises(DomainError, match=r"trauma\.value"):
        actions.change(by=by, record=record, answers={"sbp": "1000"}, course=course)
    record.refresh_from_db()
    assert record.answers["sbp"] == "80"


def test_a_case_makes_one_record_and_tells_what_it_knows(course: Course) -> None:
    case = case_factories.case(course=course, status=CaseStatus.APPROVED, approved_at=now(), referral="made", sex="m")
    outcomes.plan(case=case, from_on=now().date())
    outcomes.record(by=case.author, case=case, milestone="d30", outcome=Outcome("died", now().date()), at=now())
    known = trauma.known_from(case)
    assert case.submitted_at is not None
    year = str(case.submitted_at.year)
    assert known == {"arrival_year": year, "sex": "2", "disposition": "5", "status_30d": "3"}
    first = added(case.author, case=case, course=course, answers=known)
    assert added(case.author, case=case, course=course, answers={}) == first
    with pytest.raises(DomainError, match=r"trauma\.forbidden"):
        added(case_factories.trainee(course), case=case)


def test_nothing_of_the_case_but_codes_gets_in(course: Course) -> None:
    case = case_factories.case(course=course, history="PLANTED", diagnosis="PLANTED")
    record = added(case.author, case=case, answers=trauma.known_from(case) | {"history": case.history})
    assert set(record.answers) <= set(COLUMNS)
    assert "PLANTED" not in str(record.answers)


def test_a_record_has_no_instant() -> None:
    """The moment of writing would be the date the answers leave out."""
    kinds = {field.get_internal_type() for field in TraumaRecord._meta.get_fields() if not field.is_relation}
    assert kinds.isdisjoint({"DateTimeField", "DateField", "TimeField"})


def test_counts_hide_small_cells_from_all_but_those_who_may() -> None:
    records = [{"mechanism": "2", "status_30d": "1", "region_head": "3", "arrival_hour": "9"}] * 20
    records += [{"mechanism": "7", "status_30d": "3", "region_head": "0", "region_legs": "2", "arrival_hour": "3"}] * 2
    records += [{"mechanism": "9"}] * 6
    told = charts.charts(records, is_open=True)
    assert dict(told.mechanism.rows)["7"] == 2
    assert dict(told.region.rows)["legs"] == 2
    assert dict(told.region.rows)["UNK"] == 6
    assert told.total == sum(count or 0 for _, count in told.mechanism.rows) == 28
    closed = charts.charts(records, is_open=False)
    mechanism = dict(closed.mechanism.rows)
    assert (mechanism["2"], mechanism["7"], mechanism["9"]) == (20, None, None)
    counts = [*closed.mechanism.rows, *closed.hour.rows, *closed.region.rows, *closed.outcome.rows]
    cells = [count for _, count in counts] + [count for _, row in closed.by_score for count in row]
    assert [count for count in cells if count is not None and 0 < count < 5] == []
    assert charts.charts(records[:4], is_open=False).total is None


@pytest.mark.parametrize(
    ("answers", "group"),
    [
        ({"age": "30", "sbp": "120", "rr": "16", "avpu": "A", "serious_injuries": "0"}, "9-10"),
        ({"sbp": "120", "rr": "16", "avpu": "A", "serious_injuries": "0"}, "9-10"),
        ({"age": "30", "sbp": "120", "rr": "16", "avpu": "V", "serious_injuries": "2"}, "7-8"),
        ({"age": "30", "sbp": "40", "rr": "16", "avpu": "U", "serious_injuries": "2"}, "0-6"),
        ({"age": "30", "sbp": "40", "rr": "4", "avpu": "U"}, "0-6"),
        ({"age": "30"}, "UNK"),
    ],
)
def test_a_range_is_in_a_group_when_all_of_it_is(answers: dict[str, str], group: str) -> None:
    assert charts.score_group(answers) == group


def test_the_data_dictionary_of_the_docs_is_the_code() -> None:
    text = (Path(settings.BASE_DIR) / "docs" / "trauma-registry.md").read_text()
    _title, _rule, *lines = re.findall(r"^\|.*\|$", text.split("## Data dictionary\n", 1)[1], flags=re.M)
    told = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
    assert told == [
        (
            *(str(number), str(terms.FIELDS[field.name]), f"`{column.name}`"),
            *(str(terms.COLUMNS[column.name]), values(column), column.unknown, field.source),
        )
        for number, field in enumerate(FIELDS, start=1)
        for column in field.columns
    ]


def values(column: Column) -> str:
    if column.is_number:
        return f"{column.low}–{column.high}"
    codes = terms.codes_of(column.name)
    return "; ".join(f"{code} = {text}" for code, text in codes.items()) or "name of the hospital"
