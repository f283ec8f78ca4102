"""A session's public page, by its state and by who looks."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from courses.programme.models import EnrolmentStatus, Participation, Session, TeamRole
from shared.clock import now
from tests import factories

pytestmark = pytest.mark.django_db

FULL = {"or_capacity": 0, "auditorium_capacity": 0, "remote_capacity": 1}


def page(client: Client, session: Session) -> str:
    return " ".join(client.get(f"/sessions/{session.public_id}/").content.decode().split())


def test_an_open_session_offers_registration_and_tells_the_places(client: Client) -> None:
    session = factories.session(auditorium_capacity=2)
    factories.enrolment(session=session, channel=Participation.AUDITORIUM)
    shown = page(client, session)
    assert f'href="/sessions/{session.public_id}/register/"' in shown
    assert "1 of 2 left" in shown and "160 of 160 left" in shown


def test_times_are_told_in_the_event_zone_and_in_the_viewers(client: Client) -> None:
    starts_at = datetime(2027, 1, 12, 14, 0, tzinfo=UTC)
    session = factories.session(starts_at=starts_at, time_zone="America/Lima")
    client.cookies["tz"] = "America/Argentina/Cordoba"
    shown = page(client, session)
    assert "09:00–11:00" in shown and "Lima" in shown
    assert "11:00–13:00 for you (Córdoba)" in shown


def test_a_full_session_offers_the_waiting_list(client: Client) -> None:
    session = factories.session(**FULL)
    factories.enrolment(session=session)
    factories.enrolment(session=session, status=EnrolmentStatus.WAITING)
    shown = page(client, session)
    assert "Join the waiting list" in shown and "1 waiting" in shown


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"is_registration_open": False}, "Registration is closed."),
        ({"cancelled_at": now()}, "This session was cancelled."),
        ({"ended_at": now()}, "This session is over."),
    ],
)
def test_a_session_one_cannot_register_for_says_why(client: Client, fields: dict[str, Any], sentence: str) -> None:
    session = factories.session(**fields)
    shown = page(client, session)
    assert sentence in shown
    assert f"/sessions/{session.public_id}/register/" not in shown


def test_the_registered_enter_the_room_of_a_live_session(client: Client) -> None:
    session = factories.session(live_at=now())
    person = factories.enrolment(session=session).person
    door = f'href="/live/{session.public_id}/"'
    assert door not in page(client, session)
    client.force_login(person)
    shown = page(client, session)
    assert door in shown and "Enter the live room" in shown
    assert f"/live/{session.public_id}/desk/" not in shown


def test_a_personal_link_is_known_here_without_signing_in(client: Client) -> None:
    session = factories.session(live_at=now())
    enrolment = factories.enrolment(session=session)
    browser = client.session
    browser["passes"] = {session.public_id: [enrolment.link_key]}
    browser.save()
    assert "You are registered: Remote." in page(client, session)


def test_those_who_wait_are_told_so(client: Client) -> None:
    enrolment = factories.enrolment(status=EnrolmentStatus.WAITING)
    client.force_login(enrolment.person)
    assert "You are on the waiting list: Remote." in page(client, enrolment.session)


def test_the_team_finds_its_tools(client: Client) -> None:
    session = factories.session()
    moderator = factories.team_member(session=session).person
    mentor = factories.team_member(session=session, role=TeamRole.MENTOR, person=factories.person()).person
    tools = [f"/live/{session.public_id}/desk/", f"/live/{session.public_id}/wall/"]
    figures = f"/sessions/{session.public_id}/registrations/"
    plan = f"/plan/sessions/{session.public_id}/"
    for who, sees_figures, sees_plan in [(mentor, 0, 0), (moderator, 1, 0), (factories.coordinator(), 1, 1)]:
        client.force_login(who)
        shown = page(client, session)
        assert all(tool in shown for tool in tools)
        assert (figures in shown, plan in shown) == (bool(sees_figures), bool(sees_plan))


def test_names_of_the_team_are_public(client: Client) -> None:
    session = factories.session()
    factories.team_member(session=session, person=factories.person(full_name="Dr. Alex Ponce"), role=TeamRole.SURGEON)
    shown = page(client, session)
    assert "Operating surgeon" in shown and "Dr. Alex Ponce" in shown


def test_a_name_is_text_and_nothing_else(client: Client) -> None:
    session = factories.session(title="<script>alert(1)</script>")
    assert "<script>alert" not in page(client, session)


def test_a_draft_is_404_but_for_coordinators_and_the_team(client: Client) -> None:
    session = factories.session(course=factories.course(is_published=False))
    address = f"/sessions/{session.public_id}/"
    assert client.get(address).status_code == 404
    client.force_login(factories.person())
    assert client.get(address).status_code == 404
    for who in (factories.team_member(session=session).person, factories.coordinator()):
        client.force_login(who)
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_session_asks_three_queries(client: Client, count: int, django_assert_num_queries: Any) -> None:
    session = factories.session(starts_at=now() + timedelta(days=1))
    for _ in range(count):
        factories.enrolment(session=session)
        factories.team_member(session=session, person=factories.person())
    with django_assert_num_queries(3):  # session with course and mission, figures, team
        client.get(f"/sessions/{session.public_id}/")


def test_an_unknown_session_is_404(client: Client) -> None:
    assert client.get("/sessions/000000000000/").status_code == 404
