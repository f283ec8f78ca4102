"""The end of a room on its pages: cancelled, overdue, ended by mistake and reopened."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Person
from courses.programme.models import Session, TeamRole
from livesessions.room.actions import stage
from livesessions.room.models import Room
from shared.clock import now
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    """Live since a quarter of an hour ago, its planned end two hours away."""
    at = now()
    session = factories.session(starts_at=at - timedelta(minutes=20), planned_end_at=at + timedelta(hours=2))
    room = factories.room(session=session, stage="live", live_at=at - timedelta(minutes=15))
    Session.objects.update(live_at=room.live_at)
    return room


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def staff(room: Room, role: TeamRole) -> Client:
    return browser(factories.team_member(session=room.session, role=role).person)


def test_ended_from_the_plan_and_reopened_from_the_room(room: Room) -> None:
    coordinator, moderator = browser(factories.coordinator()), staff(room, TeamRole.MODERATOR)
    address = f"/live/{room.public_id}"
    plan = f"/plan/sessions/{room.public_id}/"
    assert f"{address}/end/" in coordinator.get(plan).text
    assert coordinator.post(f"{address}/end/", {"back": "plan"}, follow=True).redirect_chain[-1][0] == plan
    over = moderator.get(f"{address}/").text
    assert f"{address}/reopen/" in over
    assert f"{address}/reopen/" in coordinator.get(plan).text
    moderator.post(f"{address}/reopen/")
    room.refresh_from_db()
    assert room.stage == "live"
    assert "room-config" in moderator.get(f"{address}/").text


def test_too_late_is_said(room: Room) -> None:
    stage.close(room_pk=room.pk, ended_at=now(), at=now() - timedelta(hours=1))
    moderator = staff(room, TeamRole.MODERATOR)
    address = f"/live/{room.public_id}/reopen/"
    assert address not in moderator.get(f"/live/{room.public_id}/").text
    assert "too late" in moderator.post(address, follow=True, HTTP_ACCEPT_LANGUAGE="en").text
    room.refresh_from_db()
    assert room.stage == "ended"


def test_an_attendee_neither_ends_nor_reopens(room: Room) -> None:
    attendee = browser(factories.enrolment(session=room.session).person)
    assert attendee.post(f"/live/{room.public_id}/end/").status_code == 403
    stage.close(room_pk=room.pk, ended_at=now(), at=now())
    assert attendee.post(f"/live/{room.public_id}/reopen/").status_code == 403
    assert "reopen" not in attendee.get(f"/live/{room.public_id}/").text


@pytest.mark.parametrize("page", ["", "desk/", "wall/"])
def test_a_cancelled_session_says_so_to_its_staff(room: Room, page: str) -> None:
    Session.objects.update(cancelled_at=now())
    answer = staff(room, TeamRole.MODERATOR).get(f"/live/{room.public_id}/{page}", HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 200
    assert "The session was cancelled" in answer.text and "room-config" not in answer.text


@pytest.mark.parametrize(("past", "is_over"), [(timedelta(minutes=10), False), (timedelta(hours=4), True)])
def test_a_delayed_operation_is_due_and_its_lobby_open(room: Room, past: timedelta, is_over: bool) -> None:
    Room.objects.update(stage="open", live_at=None)
    Session.objects.update(live_at=None, starts_at=now() - past - timedelta(hours=1), planned_end_at=now() - past)
    attendee = browser(factories.enrolment(session=room.session).person)
    assert ("room-config" not in attendee.get(f"/live/{room.public_id}/").text) == is_over
    page = attendee.get(f"/sessions/{room.public_id}/", HTTP_ACCEPT_LANGUAGE="en").text
    assert ("This session is over" in page) == is_over


def test_the_waiting_page_asks_whether_the_room_is_over(room: Room) -> None:
    attendee = browser(factories.enrolment(session=room.session).person)
    ticket = f"/live/{room.public_id}/ticket/"
    assert attendee.post(ticket).json()["over"] is False
    stage.close(room_pk=room.pk, ended_at=now(), at=now())
    assert attendee.post(ticket).json()["over"] is True
