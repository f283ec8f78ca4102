"""Planning a session: its form, its registration, its cancellation, its team."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import Person
from courses.programme.models import Course, Session, TeamMember, TeamRole
from tests import factories

pytestmark = pytest.mark.django_db

PLAN: dict[str, Any] = {
    "draft": "0123456789ab",
    "title": "Cleft palate",
    "procedure": "Palatoplasty",
    "languages": ["es", "qu"],
    "time_zone": "America/Lima",
    "starts_local": "2027-03-08T08:30",
    "planned_end_local": "2027-03-08T11:00",
    "or_capacity": "4",
    "auditorium_capacity": "75",
    "remote_capacity": "160",
}


@pytest.fixture
def course() -> Course:
    return factories.course(slug="clefts")


@pytest.fixture
def planner(client: Client) -> Client:
    """A browser with a coordinator signed in."""
    client.force_login(factories.coordinator())
    return client


def test_local_times_of_the_event_are_stored_in_utc(planner: Client, course: Course) -> None:
    planner.cookies["tz"] = "Asia/Tokyo"
    response = planner.post("/plan/courses/clefts/sessions/new/", PLAN)
    session = Session.objects.get()
    assert response.headers["Location"] == f"/plan/sessions/{session.public_id}/"
    assert session.starts_at == datetime(2027, 3, 8, 13, 30, tzinfo=UTC)
    assert session.planned_end_at == datetime(2027, 3, 8, 16, 0, tzinfo=UTC)
    assert (session.course, session.languages, session.remote_capacity) == (course, ["es", "qu"], 160)
    assert not session.is_registration_open


def test_the_form_sent_twice_makes_one_session(planner: Client, course: Course) -> None:
    for _ in range(2):
        planner.post("/plan/courses/clefts/sessions/new/", PLAN)
    assert Session.objects.get().public_id == PLAN["draft"]


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"title": ""}, "title", "This field is required."),
        ({"languages": []}, "languages", "This field is required."),
        ({"languages": ["xx"]}, "languages", "Select a valid choice. xx is not one of the available choices."),
        ({"time_zone": "EST"}, "time_zone", "Select a valid choice. EST is not one of the available choices."),
        ({"starts_local": "tomorrow"}, "starts_local", "Write a day and a time."),
        ({"starts_local": "2027-03-08T08:30Z"}, "starts_local", "Write a day and a time."),
        ({"starts_local": "9999-12-31T23:59"}, "starts_local", "Write a day and a time."),
        ({"starts_local": "0001-01-01T00:00"}, "starts_local", "Write a day and a time."),
        ({"planned_end_local": "2027-03-08T08:30"}, "planned_end_local", "The end must come after the start."),
        ({"remote_capacity": "-1"}, "remote_capacity", "Ensure this value is greater than or equal to 0."),
        (
            {"time_zone": "America/New_York", "starts_local": "2027-03-14T02:30"},
            "starts_local",
            "The clocks of America/New_York jump over 02:30 that day. Choose another time.",
        ),
        (
            {"time_zone": "America/New_York", "planned_end_local": "2027-11-07T01:30"},
            "planned_end_local",
            "On that day 01:30 comes twice in America/New_York, because the clocks go back. Choose another time.",
        ),
    ],
)
def test_bad_input_comes_back_as_typed(
    planner: Client, course: Course, wrong: dict[str, Any], field: str, message: str
) -> None:
    response = planner.post("/plan/courses/clefts/sessions/new/", PLAN | wrong)
    assert response.context["form"].errors[field] == [message]
    assert "Palatoplasty" in response.content.decode()
    assert not Session.objects.exists()


def test_the_form_shows_the_local_times_it_was_given(planner: Client) -> None:
    session = factories.session(starts_at=datetime(2027, 3, 8, 13, 30, 42, tzinfo=UTC), time_zone="America/Lima")
    address = f"/plan/sessions/{session.public_id}/change/"
    assert 'value="2027-03-08T08:30"' in planner.get(address).content.decode()
    planner.post(address, PLAN | {"planned_end_local": "2027-03-08T10:30", "title": session.title})
    session.refresh_from_db()
    assert session.starts_at.second == 42  # nobody touched the start


def test_a_capacity_below_the_confirmed_is_refused_at_its_field(planner: Client) -> None:
    session = factories.session()
    for _ in range(2):
        factories.enrolment(session=session)
    response = planner.post(f"/plan/sessions/{session.public_id}/change/", PLAN | {"remote_capacity": "1"})
    (message,) = response.context["form"].errors["remote_capacity"]
    assert message == "2 people already have a place here; the capacity cannot be lower."
    session.refresh_from_db()
    assert session.remote_capacity == 160


def test_registration_opens_and_closes(planner: Client) -> None:
    session = factories.session(is_registration_open=False)
    for value, is_open in (("1", True), ("1", True), ("0", False)):
        planner.post(f"/plan/sessions/{session.public_id}/registration/", {"open": value})
        session.refresh_from_db()
        assert session.is_registration_open is is_open


def test_cancelling_asks_first(planner: Client) -> None:
    session = factories.session()
    address = f"/plan/sessions/{session.public_id}/cancel/"
    assert "cannot be taken back" in planner.get(address).content.decode()
    session.refresh_from_db()
    assert session.cancelled_at is None
    planner.post(address)
    session.refresh_from_db()
    assert session.cancelled_at is not None


def test_a_refused_cancellation_says_why(planner: Client) -> None:
    session = factories.session(ended_at=datetime(2026, 1, 1, tzinfo=UTC))
    response = planner.post(f"/plan/sessions/{session.public_id}/cancel/", follow=True)
    assert "This session is over." in response.content.decode()


def test_a_new_member_is_invited(planner: Client) -> None:
    session = factories.session()
    member = {"email": "ponce@example.org", "full_name": "Alex Ponce", "role": "surgeon"}
    response = planner.post(f"/plan/sessions/{session.public_id}/team/", member, follow=True)
    assert "Alex Ponce is invited by mail." in response.content.decode()
    assert TeamMember.objects.get().role == TeamRole.SURGEON
    assert [message.to for message in mail.outbox] == [["ponce@example.org"]]


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"full_name": ""}, "full_name", "Nobody with this e-mail is known yet: write their name too."),
        ({"email": "ponce"}, "email", "Enter a valid email address."),
        ({"role": "king"}, "role", "Select a valid choice. king is not one of the available choices."),
    ],
)
def test_a_wrong_member_comes_back_as_typed(planner: Client, wrong: dict[str, str], field: str, message: str) -> None:
    session = factories.session()
    member = {"email": "ponce@example.org", "full_name": "Alex Ponce", "role": "surgeon"}
    response = planner.post(f"/plan/sessions/{session.public_id}/team/", member | wrong)
    assert response.context["form"].errors[field] == [message]
    assert not Person.objects.filter(email="ponce@example.org").exists()


def test_a_member_is_removed(planner: Client) -> None:
    member = factories.team_member()
    address = f"/plan/sessions/{member.session.public_id}/team/{member.person.public_id}/remove/"
    for _ in range(2):
        assert planner.post(address).status_code == 302
    assert not TeamMember.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_planning_a_session_asks_six_queries(planner: Client, count: int, django_assert_num_queries: Any) -> None:
    session = factories.session()
    for _ in range(count):
        factories.enrolment(session=session)
        factories.team_member(session=session, person=factories.person())
    with django_assert_num_queries(6):  # browser session, person, session with course and mission, room, figures, team
        planner.get(f"/plan/sessions/{session.public_id}/")


POSTS = ["change/", "registration/", "cancel/", "team/", "team/{person}/remove/"]


@pytest.mark.parametrize("rest", ["", *POSTS])
def test_planning_is_for_coordinators(client: Client, rest: str) -> None:
    moderator = factories.team_member()
    session = moderator.session
    address = f"/plan/sessions/{session.public_id}/{rest.format(person=moderator.person.public_id)}"
    send = client.post if rest else client.get
    assert send(address).headers["Location"].startswith("/accounts/login/")
    client.force_login(moderator.person)
    assert send(address).status_code == 403
    session.refresh_from_db()
    assert session.is_registration_open and session.cancelled_at is None
    assert TeamMember.objects.count() == 1


def test_planning_a_new_session_is_for_coordinators(client: Client, course: Course) -> None:
    address = "/plan/courses/clefts/sessions/new/"
    assert client.post(address, PLAN).headers["Location"].startswith("/accounts/login/")
    client.force_login(factories.person())
    assert client.post(address, PLAN).status_code == 403
    assert not Session.objects.exists()


@pytest.mark.parametrize("rest", ["", *POSTS])
def test_an_unknown_session_is_404(planner: Client, rest: str) -> None:
    address = f"/plan/sessions/000000000000/{rest.format(person='0')}"
    assert (planner.post if rest else planner.get)(
        address, {"email": "a@example.org", "role": "mentor"}
    ).status_code == 404


@pytest.mark.parametrize("rest", ["registration/", "team/", "team/0/remove/"])
def test_looking_changes_nothing(planner: Client, rest: str) -> None:
    assert planner.get(f"/plan/sessions/{factories.session().public_id}/{rest}").status_code == 405
