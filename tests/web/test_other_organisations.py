"""A coordinator of another organisation is a stranger here: the tables of tests/web/answers say what strangers hear."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, Person, Role
from courses.cases.models import CaseStatus
from courses.outcomes.actions import outcomes
from courses.programme import policies
from courses.trauma.models import TraumaRecord
from shared.clock import now
from tests import access, addresses, case_cast, factories
from tests.answers import rows, status, visit

pytestmark = pytest.mark.django_db

HOUSE_READ, HOUSE_WRITE = rows("house-read", access.ACTORS), rows("house-write", access.ACTORS)
OWN = {"courses:plan-home", "courses:mission-create", "courses:course-create", "courses:people-home"}
AREAS = ("cases", "reviews", "outcomes", "trauma")
READ = {name: row for area in AREAS for name, row in rows(f"{area}-read", case_cast.ACTORS).items()}
WRITE = {name: row for area in AREAS for name, row in rows(f"{area}-write", case_cast.ACTORS).items()}
OF_A_CASE = {name for name, asked in addresses.named().items() if asked and {*asked} <= {"case", "milestone", "record"}}


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[access.Cast]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield access.cast()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def cases(django_db_setup: None, django_db_blocker: Any) -> Iterator[case_cast.Cast]:
    with django_db_blocker.unblock(), transaction.atomic():
        made = case_cast.cast(status=CaseStatus.APPROVED, approved_at=now())
        outcomes.plan(case=made.case, from_on=now().date())
        TraumaRecord.objects.create(author=made.people["author"], course=made.course, answers={"sex": "1"})
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def foreigner() -> Person:
    """Coordinator, verifier and mentor of another organisation."""
    there = factories.organisation(slug="elsewhere")
    person = factories.coordinator(organisation=there)
    for role in (Role.VERIFIER, Role.MENTOR):
        Membership.objects.create(organisation=there, person=person, role=role)
    return person


@pytest.mark.parametrize(
    ("method", "name"), [("GET", name) for name in HOUSE_READ] + [("POST", n) for n in HOUSE_WRITE]
)
def test_missions_sessions_and_sheets(house: access.Cast, foreigner: Person, method: str, name: str) -> None:
    row = (HOUSE_READ if method == "GET" else HOUSE_WRITE)[name]
    answer, _ = visit(browser(foreigner), method, house.address(name))
    assert status(answer) == row["coordinator" if name in OWN else "rival"]


@pytest.mark.parametrize(
    ("method", "name"),
    [(m, n) for m, table in (("GET", READ), ("POST", WRITE)) for n in table if n in OF_A_CASE],
)
def test_cases_outcomes_and_trauma_records(cases: case_cast.Cast, foreigner: Person, method: str, name: str) -> None:
    known = {
        "case": cases.case.public_id,
        "milestone": "d30",
        "record": cases.case.author.trauma_records.get().public_id,
    }
    where = reverse(name, kwargs={asked: known[asked] for asked in addresses.named()[name]})
    answer, wrote = visit(browser(foreigner), method, where)
    assert (status(answer), wrote) == ((READ if method == "GET" else WRITE)[name]["outsider"], [])


@pytest.mark.parametrize("page", ["/plan/", "/cases/queue/", "/outcomes/", "/trauma/", "/trauma/records.csv"])
def test_lists_of_another_organisation_are_empty(cases: case_cast.Cast, foreigner: Person, page: str) -> None:
    told = browser(foreigner).get(page)
    text = told.content.decode()
    assert told.status_code == 200
    assert cases.case.code not in text
    assert cases.case.author.trauma_records.get().code not in text
    assert cases.course.slug not in text


def test_somebody_may_be_several_things_in_several_organisations(house: access.Cast, foreigner: Person) -> None:
    assert not policies.may_plan_session(foreigner, house.session)
    Membership.objects.create(organisation=house.mission.organisation, person=foreigner, role=Role.COORDINATOR)
    assert policies.may_plan_session(Person.objects.get(pk=foreigner.pk), house.session)


def test_a_mission_cannot_be_taken_from_another_organisation(house: access.Cast, foreigner: Person) -> None:
    there = factories.organisation(slug="elsewhere")
    where = reverse("courses:mission-change", args=[house.mission.slug])
    client = browser(foreigner)
    assert client.post(where, {"title": "Ours now", "organisation": there.pk}).status_code == 403
    course = {"title": "Ours", "mission": house.mission.pk}
    assert client.post(reverse("courses:course-create"), course).status_code == 200  # the mission is not offered
    house.mission.refresh_from_db()
    assert house.mission.organisation.slug == "house"
    assert house.mission.courses.count() == 1
