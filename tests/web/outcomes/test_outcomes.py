"""Pages of outcomes: recording, correcting, closing, and what is due."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from courses.cases.models import Case, CaseStatus
from courses.outcomes.actions import outcomes
from courses.outcomes.actions.outcomes import Graded, Outcome
from courses.outcomes.models import FollowUp
from shared.clock import now
from tests import case_factories, factories

pytestmark = pytest.mark.django_db

DUE = "/outcomes/"
LONG_AGO = now() - timedelta(days=50)
TODAY = now().date()


def answered(**fields: Any) -> Case:
    """A case answered fifty days ago, its first outcome due for twenty."""
    defaults: dict[str, Any] = {"status": CaseStatus.APPROVED, "approved_at": LONG_AGO}
    case = case_factories.case(**defaults | fields)
    outcomes.plan(case=case, from_on=LONG_AGO.date())
    return case


def form(**fields: Any) -> dict[str, Any]:
    rows = {"complications-TOTAL_FORMS": "1", "complications-INITIAL_FORMS": "0"}
    return rows | {"condition": "improved", "seen_on": TODAY.isoformat(), "next_step": "none"} | fields


def record(case: Case, milestone: str = "d30") -> str:
    return reverse("courses:outcome-record", kwargs={"case": case.public_id, "milestone": milestone})


def of_case(name: str, case: Case) -> str:
    return reverse(f"courses:{name}", kwargs={"case": case.public_id})


def test_an_outcome_is_recorded_and_stands_on_the_cases_page(client: Client) -> None:
    case = answered()
    client.force_login(case.author)
    page = client.get(record(case)).content.decode()
    assert "The patient after 30 days" in page
    assert "Clavien-Madadi" in page
    graded = {"complications-0-graded": "clavien_dindo:IIIb", "complications-0-text": "Second look"}
    answer = client.post(record(case), form(note="Feeds well.", **graded))
    assert (answer.status_code, answer.headers["Location"]) == (302, of_case("case-show", case))
    page = client.get(of_case("case-show", case)).content.decode()
    assert "Feeds well." in page
    assert "Clavien-Dindo IIIb</span> Second look" in page
    again = client.get(record(case)).content.decode()
    assert "Feeds well." in again
    assert "Second look" in again


def test_a_correction_shows_what_was_said_before(client: Client) -> None:
    case = answered()
    client.force_login(case.author)
    client.post(record(case), form(note="Fever at night."))
    client.post(record(case), form(condition="recovered"))
    page = client.get(record(case)).content.decode()
    assert "What it said before" in page
    assert "Fever at night." in page


def test_words_that_identify_bring_a_tick_and_the_tick_lets_them_pass(client: Client) -> None:
    case = answered()
    client.force_login(case.author)
    typed = form(note="Llamar al 965 123 456")
    page = client.post(record(case), typed).content.decode()
    assert "965 123 456" in page
    assert 'type="checkbox" name="is_checked"' in page
    assert not FollowUp.objects.exclude(recorded_at=None).exists()
    assert client.post(record(case), typed | {"is_checked": "on"}).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"condition": "fine"},
        {"seen_on": "yesterday"},
        {"seen_on": ""},
        {"seen_on": (TODAY + timedelta(days=2)).isoformat()},
        {"condition": "died", "next_step": "operate"},
        {"next_mission": "99999"},
        {"complications-0-graded": "clavien_dindo:VI"},
        {"complications-0-text": "No grade"},
        {"complications-TOTAL_FORMS": "x"},
        {"complications-TOTAL_FORMS": "2000"},
    ],
)
def test_a_wrong_answer_comes_back_with_what_was_typed(client: Client, wrong: dict[str, str]) -> None:
    case = answered()
    client.force_login(case.author)
    answer = client.post(record(case), form(note="Kept") | wrong)
    assert answer.status_code == 200
    assert "Nothing is saved yet" in answer.content.decode()
    assert "Kept" in answer.content.decode()
    assert not FollowUp.objects.exclude(recorded_at=None).exists()


def test_without_scripts_one_more_row_is_asked_for(client: Client) -> None:
    case = answered()
    client.force_login(case.author)
    page = client.post(record(case), form(more="complication")).content.decode()
    assert 'name="complications-1-graded"' in page
    assert not FollowUp.objects.exclude(recorded_at=None).exists()


def test_an_unknown_milestone_is_not_there(client: Client) -> None:
    case = answered()
    client.force_login(case.author)
    assert client.get(record(case, "d31")).status_code == 404


def test_operation_and_referral(client: Client) -> None:
    case = answered()
    client.force_login(case.author)
    begun = factories.mission(starts_on=TODAY - timedelta(days=40), ends_on=TODAY - timedelta(days=33))
    assert begun.title in client.get(of_case("outcome-facts", case)).content.decode()
    told = {
        "operated_on": (TODAY - timedelta(days=40)).isoformat(),
        "operated_mission": str(begun.pk),
        "referral": "avoided",
        "referral_to": "Lima, national hospital",
    }
    assert client.post(of_case("outcome-facts", case), told).status_code == 302
    case.refresh_from_db()
    assert (case.operated_mission, case.referral) == (begun, "avoided")
    wrong = client.post(of_case("outcome-facts", case), told | {"referral": ""}).content.decode()
    assert "Choose whether the patient was referred" in wrong


def test_closing_and_opening_again(client: Client) -> None:
    case = answered()
    client.force_login(case.author)
    assert client.get(of_case("case-reopen", case)).status_code == 302
    assert client.post(of_case("case-close", case), {"reason": ""}).status_code == 200
    assert client.post(of_case("case-close", case), {"reason": "Moved away"}).status_code == 302
    assert client.get(of_case("case-close", case)).status_code == 302
    assert "Moved away" in client.get(of_case("case-show", case)).content.decode()
    assert client.post(of_case("case-reopen", case), {"reason": "Came back"}).status_code == 302
    case.refresh_from_db()
    assert case.status == CaseStatus.APPROVED


def test_one_sees_ones_own_due_outcomes_and_coordinators_all(client: Client) -> None:
    own, other = answered(), answered()
    closed = answered(status=CaseStatus.CLOSED)
    client.force_login(own.author)
    page = client.get(DUE).content.decode()
    assert own.code in page
    assert other.code not in page
    client.force_login(factories.coordinator())
    page = client.get(DUE).content.decode()
    assert own.code in page
    assert other.code in page
    assert closed.code not in page
    client.force_login(factories.person())
    assert "Nothing is due" in client.get(DUE).content.decode()


@pytest.mark.parametrize("cases", [1, 3])
def test_the_due_list_costs_the_same_for_one_and_for_three(
    client: Client, cases: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(cases):
        answered()
    client.force_login(factories.coordinator())
    with django_assert_num_queries(4):  # browser session, person, count, rows
        client.get(DUE)


def test_trainees_of_a_taught_case_read_no_notes(client: Client) -> None:
    case = answered(taught_at=now())
    outcome = Outcome("improved", TODAY, "Cries at night.", complications=(Graded("clavien_dindo", "I", "Cough"),))
    outcomes.record(by=case.author, case=case, milestone="d30", outcome=outcome, at=now())
    seen: dict[str, str] = {}
    people: dict[str, Person] = {
        "trainee": case_factories.trainee(case.course),
        "mentor": case_factories.mentor(case.course),
    }
    for name, person in people.items():
        client.force_login(person)
        seen[name] = client.get(of_case("case-show", case)).content.decode()
    assert "Cries at night." in seen["mentor"]
    assert "Cough" in seen["mentor"]
    assert "Improved" in seen["trainee"]
    assert "Cries at night." not in seen["trainee"]
    assert "Cough" not in seen["trainee"]
