"""A mission's page and its form."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import Membership, Person, Role
from courses.programme.forms.missions import MissionForm
from courses.programme.models import Mission
from tests import factories

pytestmark = pytest.mark.django_db

SHEET = {
    "title": "Mission: Peru",
    "location": "Iquitos, Peru",
    "country": "PE",
    "region": "PE-LOR",
    "population": "370962",
    "starts_on": "2017-08-01",
    "ends_on": "2017-08-07",
    "surgeons": "Dr. Vincent Duron",
    "focus": "Trauma and General Surgery",
    "complexity": "medium_high",
    "training_level": "medium_high",
    "average_mended": "10",
    "brief": "Iquitos is the largest city in the world without access by road.",
    "progress": "Training of local surgeons.",
    "volunteers": "Join us.",
    "team_fee": "4000",
    "deposit": "500",
    "contact_email": "volunteers@example.org",
    "is_published": "on",
}


def test_the_form_has_every_field_of_the_sheet() -> None:
    named = [name for _title, names in MissionForm.sections for name in names]
    other = factories.organisation(slug="other")
    planner = factories.coordinator()
    assert sorted(named) == sorted([*MissionForm(planner=planner).fields, "organisation"])
    Membership.objects.create(organisation=other, person=planner, role=Role.COORDINATOR)
    planner = Person.objects.get(pk=planner.pk)
    assert sorted(named) == sorted(MissionForm(planner=planner).fields)


def test_a_coordinator_publishes_a_whole_fact_sheet(client: Client) -> None:
    client.force_login(factories.coordinator())
    response = client.post("/plan/missions/new/", SHEET)
    mission = Mission.objects.get()
    assert response.headers["Location"] == "/missions/mission-peru/"
    assert (mission.population, mission.starts_on, mission.deposit) == (370962, date(2017, 8, 1), 500)
    client.logout()
    page = client.get("/missions/mission-peru/").content.decode()
    for fact in ("Iquitos, Peru", "370,962", "Dr. Vincent Duron", "Medium – High", "4,000", "without access by road"):
        assert fact in page


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"title": ""}, "title", "This field is required."),
        ({"ends_on": "2017-07-01"}, "ends_on", "The last day cannot come before the first."),
        ({"starts_on": ""}, "ends_on", "The last day cannot come before the first."),
        ({"region": "AR-X"}, "region", "This province belongs to another country."),
        ({"country": "ZZ"}, "country", "Select a valid choice. ZZ is not one of the available choices."),
        ({"population": "-1"}, "population", "Ensure this value is greater than or equal to 0."),
    ],
)
def test_bad_input_comes_back_as_typed(client: Client, wrong: dict[str, str], field: str, message: str) -> None:
    client.force_login(factories.coordinator())
    response = client.post("/plan/missions/new/", SHEET | wrong)
    assert response.context["form"].errors[field] == [message]
    assert "Training of local surgeons." in response.content.decode()
    assert not Mission.objects.exists()


def test_changing_keeps_the_address(client: Client) -> None:
    client.force_login(factories.coordinator())
    mission = factories.mission(slug="peru")
    response = client.post("/plan/missions/peru/", SHEET | {"title": "Iquitos 2027"})
    mission.refresh_from_db()
    assert (response.headers["Location"], mission.title) == ("/missions/peru/", "Iquitos 2027")


def test_a_draft_is_404_for_all_but_coordinators(client: Client) -> None:
    factories.mission(slug="draft", is_published=False)
    assert client.get("/missions/draft/").status_code == 404
    client.force_login(factories.person())
    assert client.get("/missions/draft/").status_code == 404
    client.force_login(factories.coordinator())
    assert "Draft" in client.get("/missions/draft/").content.decode()


def test_a_mission_shows_its_published_courses_and_their_sessions(client: Client) -> None:
    mission = factories.mission(slug="peru")
    factories.session(title="Hernia", course=factories.course(mission=mission, title="Public course"))
    factories.course(mission=mission, title="Draft course", is_published=False)
    page = client.get("/missions/peru/").content.decode()
    assert "Public course" in page and "Hernia" in page
    assert "Draft course" not in page and "/plan/" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_mission_asks_five_queries(client: Client, count: int, django_assert_num_queries: Any) -> None:
    mission = factories.mission(slug="peru")
    for _ in range(count):
        factories.enrolment(session=factories.session(course=factories.course(mission=mission)))
    with django_assert_num_queries(5):  # mission, courses, sessions, figures, tiers
        client.get("/missions/peru/")


@pytest.mark.parametrize("address", ["/plan/missions/new/", "/plan/missions/peru/"])
def test_planning_is_for_coordinators(client: Client, address: str) -> None:
    factories.mission(slug="peru", title="Mission: Peru")
    for method in (client.get, client.post):
        assert method(address).headers["Location"] == f"/accounts/login/?next={address}"
    client.force_login(factories.team_member().person)
    assert (client.get(address).status_code, client.post(address, SHEET).status_code) == (403, 403)


def test_an_unknown_mission_is_404(client: Client) -> None:
    assert client.get("/missions/nowhere/").status_code == 404
    client.force_login(factories.coordinator())
    assert client.get("/plan/missions/nowhere/").status_code == 404
