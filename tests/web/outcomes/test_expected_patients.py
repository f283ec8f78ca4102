"""Whom a mission expects, as page and as file, and the figures beside it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from courses.cases.models import AgeBand, Case, CaseStatus
from courses.cases.rules import terms
from courses.outcomes.actions import outcomes
from courses.outcomes.actions.outcomes import Graded, Outcome
from courses.outcomes.queries import expected_patients
from courses.programme.models import Mission
from shared.clock import now
from tests import case_factories, factories

pytestmark = pytest.mark.django_db

LONG_AGO = now() - timedelta(days=50)
TODAY = now().date()


def answered(**fields: Any) -> Case:
    """A case answered fifty days ago, its first outcome due for twenty."""
    defaults: dict[str, Any] = {"status": CaseStatus.APPROVED, "approved_at": LONG_AGO}
    case = case_factories.case(**defaults | fields)
    outcomes.plan(case=case, from_on=LONG_AGO.date())
    return case


def list_of(mission: Mission, name: str = "mission-list") -> str:
    return reverse(f"courses:{name}", kwargs={"slug": mission.slug})


def of_case(name: str, case: Case) -> str:
    return reverse(f"courses:{name}", kwargs={"case": case.public_id})


def expected(mission: Mission, step: str = "operate", **fields: Any) -> Case:
    """A patient whose first outcome asks for this step in whichever mission."""
    course = factories.course(mission=mission)
    case = answered(**{"course": course} | fields)
    outcomes.record(by=case.author, case=case, milestone="d30", outcome=Outcome("improved", TODAY, "", step), at=now())
    return case


def codes(mission: Mission) -> list[str]:
    return [patient.case.code for patient in expected_patients.patients(mission)]


def test_a_mission_sees_whom_to_operate_on_first_then_the_urgent_then_the_young() -> None:
    mission = factories.mission()
    again = expected(mission, "see_again", urgency="now", age_band="0-28d")
    old = expected(mission, urgency="week", age_band="80y")
    young = expected(mission, urgency="week", age_band="1-4y")
    urgent = expected(mission, urgency="day", age_band="80y")
    expected(factories.mission())
    assert codes(mission) == [case.code for case in (urgent, young, old, again)]


def test_the_last_outcome_decides_and_a_chosen_mission_is_the_only_one() -> None:
    mission, other = factories.mission(), factories.mission()
    case = expected(mission)
    assert codes(mission) == [case.code]
    outcome = Outcome("improved", TODAY, "", "operate", other)
    outcomes.record(by=case.author, case=case, milestone="d30", outcome=outcome, at=now())
    assert (codes(mission), codes(other)) == ([], [case.code])
    outcomes.record(
        by=case.author, case=case, milestone="d90", outcome=Outcome("recovered", TODAY, "", "none"), at=now()
    )
    assert (codes(mission), codes(other)) == ([], [])


def test_who_was_operated_on_since_is_not_expected_any_more() -> None:
    mission = factories.mission()
    case = expected(mission)
    Case.objects.filter(pk=case.pk).update(operated_on=TODAY + timedelta(days=1))
    assert codes(mission) == []


def test_a_missions_list_as_page_and_file(client: Client) -> None:
    mission = factories.mission()
    case = expected(mission, diagnosis="=Hernia", weight_kg="3.20")
    client.force_login(case_factories.mentor(case.course))
    page = client.get(list_of(mission)).content.decode()
    assert case.code in page
    assert of_case("case-show", case) in page
    answer = client.get(list_of(mission, "mission-list-csv"))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{mission.slug}-expected.csv"'
    head, row = answer.content.decode("utf-8-sig").splitlines()
    assert head.startswith("Case,Next step,Mission")
    assert row.startswith(f"{case.code},Operate in the next mission,,")
    assert "'=Hernia" in row


def test_a_patient_of_another_course_is_a_code_and_no_door(client: Client) -> None:
    mission = factories.mission()
    mentor = case_factories.mentor(factories.course(mission=mission))
    case = answered()
    outcome = Outcome("improved", TODAY, "", "operate", mission)
    outcomes.record(by=case.author, case=case, milestone="d30", outcome=outcome, at=now())
    client.force_login(mentor)
    page = client.get(list_of(mission)).content.decode()
    assert case.code in page
    assert of_case("case-show", case) not in page


@pytest.mark.parametrize("patients", [1, 3])
def test_a_missions_list_costs_the_same_for_one_and_for_three(
    client: Client, patients: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mission = factories.mission()
    for _ in range(patients):
        expected(mission)
    client.force_login(factories.coordinator())
    # browser session, person, mission, patients, referrals, follow-ups, complications
    with django_assert_num_queries(7):
        client.get(list_of(mission))


def test_figures_name_what_is_missing(client: Client) -> None:
    mission = factories.mission()
    course = factories.course(mission=mission)
    made, avoided, silent, lost = (answered(course=course) for _ in range(4))
    Case.objects.filter(pk=made.pk).update(referral="made")
    Case.objects.filter(pk=avoided.pk).update(referral="avoided")
    hurt = Outcome("worse", TODAY, complications=(Graded("clavien_dindo", "IIIa"), Graded("clavien_dindo", "I")))
    for case, outcome in ((made, hurt), (avoided, Outcome("recovered", TODAY)), (lost, Outcome("lost"))):
        outcomes.record(by=case.author, case=case, milestone="d30", outcome=outcome, at=now())
    told = expected_patients.figures(mission, TODAY)
    assert (told.cases, told.made.part, told.made.whole, told.made.missing) == (4, 1, 2, 2)
    assert (told.avoided.part, told.avoided.whole, told.avoided.missing) == (1, 2, 2)
    first = told.followed[0]
    assert (first.seen.part, first.seen.whole, first.seen.missing, first.lost) == (2, 4, 2, 1)
    assert (first.complicated.part, first.complicated.whole, first.complicated.percent) == (1, 2, 50.0)
    assert told.grades == [("clavien_dindo", "I", 1), ("clavien_dindo", "IIIa", 1)]
    assert silent.status == CaseStatus.APPROVED


def test_a_missions_page_shows_its_figures_to_those_who_may(client: Client) -> None:
    mission = factories.mission()
    course = factories.course(mission=mission)
    answered(course=course)
    page = reverse("courses:mission-show", kwargs={"slug": mission.slug})
    for person, is_shown in (
        (case_factories.mentor(course), True),
        (factories.coordinator(), True),
        (case_factories.trainee(course), False),
        (factories.person(), False),
    ):
        client.force_login(person)
        html = client.get(page).content.decode()
        assert ("Referrals avoided" in html) == is_shown
        assert (list_of(mission) in html) == is_shown
    client.logout()
    assert "Referrals avoided" not in client.get(page).content.decode()


def test_ages_are_ordered_as_the_form_lists_them() -> None:
    assert list(terms.AgeBand) == list(AgeBand.values)
