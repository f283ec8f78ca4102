"""A course's page and its form."""

from typing import Any

import pytest
from django.test import Client

from courses.programme.models import Course
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_coordinator_adds_a_course_under_a_mission(client: Client) -> None:
    mission = factories.mission(slug="peru")
    client.force_login(factories.coordinator())
    form = client.get("/plan/courses/new/?mission=peru").context["form"]
    assert form["mission"].value() == mission.pk
    posted = {"mission": mission.pk, "title": "Paediatric surgery", "summary": "Hernias.", "is_published": "on"}
    response = client.post("/plan/courses/new/", posted)
    assert response.headers["Location"] == "/courses/paediatric-surgery/"
    assert Course.objects.get().mission == mission


def test_a_course_may_stand_alone(client: Client) -> None:
    client.force_login(factories.coordinator())
    client.post("/plan/courses/new/", {"mission": "", "title": "Knots"})
    assert Course.objects.get().mission is None
    assert client.get("/courses/knots/").status_code == 200


def test_bad_input_comes_back_as_typed(client: Client) -> None:
    client.force_login(factories.coordinator())
    response = client.post("/plan/courses/new/", {"title": "", "summary": "Hernias and more."})
    assert response.context["form"].errors["title"] == ["This field is required."]
    assert "Hernias and more." in response.content.decode()


def test_changing_keeps_the_address(client: Client) -> None:
    course = factories.course(slug="knots")
    client.force_login(factories.coordinator())
    response = client.post("/plan/courses/knots/", {"mission": course.mission_id, "title": "Suture"})
    course.refresh_from_db()
    assert (response.headers["Location"], course.title) == ("/courses/knots/", "Suture")


@pytest.mark.parametrize("fields", [{"is_published": False}, {"mission": None, "is_published": False}])
def test_a_draft_is_404_for_all_but_coordinators(client: Client, fields: dict[str, Any]) -> None:
    factories.course(slug="knots", **fields)
    assert client.get("/courses/knots/").status_code == 404
    client.force_login(factories.person())
    assert client.get("/courses/knots/").status_code == 404
    client.force_login(factories.coordinator())
    assert client.get("/courses/knots/").status_code == 200


def test_a_course_of_a_draft_mission_is_404(client: Client) -> None:
    factories.course(slug="knots", mission=factories.mission(is_published=False))
    assert client.get("/courses/knots/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_course_asks_three_queries(client: Client, count: int, django_assert_num_queries: Any) -> None:
    course = factories.course(slug="knots")
    for _ in range(count):
        factories.enrolment(session=factories.session(course=course))
    with django_assert_num_queries(3):  # course with mission, sessions, figures
        client.get("/courses/knots/")


@pytest.mark.parametrize("address", ["/plan/courses/new/", "/plan/courses/knots/"])
def test_planning_is_for_coordinators(client: Client, address: str) -> None:
    factories.course(slug="knots")
    for method in (client.get, client.post):
        assert method(address).headers["Location"] == f"/accounts/login/?next={address}"
    client.force_login(factories.team_member().person)
    assert (client.get(address).status_code, client.post(address, {"title": "Mine"}).status_code) == (403, 403)


def test_an_unknown_course_is_404(client: Client) -> None:
    assert client.get("/courses/nowhere/").status_code == 404
    client.force_login(factories.coordinator())
    assert client.get("/plan/courses/nowhere/").status_code == 404
