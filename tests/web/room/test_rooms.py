"""The pages of the live room: who may open which, and what their scripts are told."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from courses.programme.actions import passes
from courses.programme.models import Enrolment, EnrolmentStatus, Participation, Session, TeamRole
from livesessions.room import tickets
from livesessions.room.actions import rooms
from livesessions.room.models import Restriction, RestrictionKind, Stage
from shared.clock import now
from tests import factories

pytestmark = pytest.mark.django_db

PAGES = ("room-show", "desk-show", "wall-show")
STAFF = ("surgeon", "mentor", "moderator", "advocate")


@pytest.fixture
def session() -> Session:
    return factories.session()


def address(name: str, session: Session) -> str:
    return reverse(f"livesessions:{name}", args=[session.public_id])


def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person, backend="accounts.backends.PeopleBackend")
    return client


def attendee(session: Session, **fields: Any) -> Enrolment:
    return factories.enrolment(session=session, **fields)


def staff(session: Session, role: str) -> Person:
    return factories.team_member(session=session, role=role).person


def config(html: str) -> dict[str, Any]:
    found = re.search(r'<script id="room-config" type="application/json">(.+?)</script>', html)
    assert found
    return dict(json.loads(found[1]))


def test_an_attendee_gets_the_room_and_what_its_scripts_need(client: Client, session: Session) -> None:
    enrolment = attendee(session, region="PE-LOR")
    answer = signed_in(client, enrolment.person).get(address("room-show", session))
    told = config(answer.content.decode())
    assert answer.status_code == 200
    assert told["room"] == session.public_id
    assert told["socket"] == f"ws://testserver/ws/rooms/{session.public_id}/"
    assert told["epoch"] == rooms.for_session(session.public_id).epoch  # type: ignore[union-attr]
    assert told["language"] == "en"
    assert told["regions"]["PE-LOR"] == "Loreto"
    assert told["me"]["role"] == "attendee"
    assert tickets.read(told["ticket"]).person == enrolment.person.public_id
    assert client.cookies["anfiteatro_csrf"].value


def test_a_personal_link_opens_the_room_without_signing_in(client: Client, session: Session) -> None:
    enrolment = attendee(session)
    browser = client.session
    browser["passes"] = {session.public_id: [enrolment.link_key]}
    browser.save()
    assert client.get(address("room-show", session)).status_code == 200


def test_over_https_the_socket_is_secure(client: Client, session: Session) -> None:
    answer = signed_in(client, attendee(session).person).get(address("room-show", session), secure=True)
    assert config(answer.content.decode())["socket"].startswith("wss://")


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_told_about_the_personal_link(client: Client, session: Session, page: str) -> None:
    answer = client.get(address(page, session))
    assert answer.status_code == 401
    assert "personal link" in answer.content.decode()
    assert "room-config" not in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_person_without_a_place_is_offered_registration(client: Client, session: Session, page: str) -> None:
    answer = signed_in(client, factories.person()).get(address(page, session))
    assert answer.status_code == 403
    assert reverse("courses:enrolment-register", args=[session.public_id]) in answer.content.decode()


@pytest.mark.parametrize("status", [EnrolmentStatus.WAITING, EnrolmentStatus.WITHDRAWN])
def test_only_a_confirmed_registration_is_a_place(client: Client, session: Session, status: str) -> None:
    enrolment = attendee(session, status=status)
    assert signed_in(client, enrolment.person).get(address("room-show", session)).status_code == 403


def test_a_place_in_one_session_is_none_in_another(client: Client, session: Session) -> None:
    enrolment = attendee(factories.session())
    assert signed_in(client, enrolment.person).get(address("room-show", session)).status_code == 403


@pytest.mark.parametrize("page", ["desk-show", "wall-show"])
@pytest.mark.parametrize("channel", [Participation.OR, Participation.AUDITORIUM, Participation.REMOTE])
def test_desk_and_wall_are_closed_to_attendees(client: Client, session: Session, page: str, channel: str) -> None:
    enrolment = attendee(session, channel=channel)
    answer = signed_in(client, enrolment.person).get(address(page, session))
    assert answer.status_code == 403
    assert address("room-show", session) in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", STAFF)
def test_the_team_opens_every_page(client: Client, session: Session, page: str, role: str) -> None:
    answer = signed_in(client, staff(session, role)).get(address(page, session))
    assert answer.status_code == 200
    assert config(answer.content.decode())["me"]["role"] == role


@pytest.mark.parametrize("page", PAGES)
def test_a_coordinator_opens_every_page(client: Client, session: Session, page: str) -> None:
    assert signed_in(client, factories.coordinator()).get(address(page, session)).status_code == 200


@pytest.mark.parametrize("page", ["desk-show", "wall-show"])
def test_staff_of_another_session_stay_outside(client: Client, session: Session, page: str) -> None:
    stranger = staff(factories.session(), TeamRole.MODERATOR)
    assert signed_in(client, stranger).get(address(page, session)).status_code == 403


def ban(session: Session, person: Person) -> None:
    room = rooms.for_session(session.public_id)
    Restriction.objects.create(
        room=room, person=person, kind=RestrictionKind.BAN, card={}, made_by=factories.person(), made_at=now()
    )


def test_a_banned_person_is_told_so(client: Client, session: Session) -> None:
    enrolment = attendee(session)
    ban(session, enrolment.person)
    answer = signed_in(client, enrolment.person).get(address("room-show", session))
    assert answer.status_code == 403
    assert "closed this room" in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_unknown_and_cancelled_sessions_are_not_found(client: Client, session: Session, page: str) -> None:
    signed_in(client, factories.coordinator())
    assert client.get(reverse(f"livesessions:{page}", args=["0000aaaa0000"])).status_code == 404
    session.cancelled_at = now()
    session.save()
    assert client.get(address(page, session)).status_code == 404


def test_after_the_end_the_room_leads_to_ones_minutes(client: Client, session: Session) -> None:
    enrolment = attendee(session)
    room = factories.room(session=session, stage=Stage.ENDED, ended_at=now() + timedelta(hours=2))
    answer = signed_in(client, enrolment.person).get(address("room-show", session))
    assert answer.status_code == 200
    assert reverse("reports:attendance-mine", args=[room.public_id]) in answer.content.decode()
    assert "room-config" not in answer.content.decode()


def test_a_fresh_ticket_is_the_askers_own(client: Client, session: Session) -> None:
    person = staff(session, TeamRole.MENTOR)
    answer = signed_in(client, person).post(address("ticket-create", session))
    ticket = tickets.read(answer.json()["ticket"])
    assert (ticket.room, ticket.person, ticket.role) == (session.public_id, person.public_id, "mentor")


def test_tickets_are_not_for_strangers_nor_for_the_unregistered(client: Client, session: Session) -> None:
    assert client.post(address("ticket-create", session)).status_code == 401
    assert signed_in(client, factories.person()).post(address("ticket-create", session)).status_code == 403


def test_a_tab_gets_tickets_of_its_own_person_alone(client: Client, session: Session) -> None:
    first, second = factories.enrolment(session=session), factories.enrolment(session=session)
    store = client.session
    for enrolment in (first, second):
        passes.give(browser=store, enrolment=enrolment, at=now())
    store.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(store.session_key)
    for enrolment in (first, second):
        answer = client.post(address("ticket-create", session), {"person": enrolment.person.public_id})
        assert tickets.read(answer.json()["ticket"]).person == enrolment.person.public_id
        page = client.get(address("room-show", session), {"as": enrolment.person.public_id})
        assert page.context["member"].id == enrolment.person.public_id


@pytest.mark.parametrize("has_a_place", [True, False])
def test_the_page_of_one_person_gets_no_ticket_of_the_next(client: Client, session: Session, has_a_place: bool) -> None:
    before = factories.enrolment(session=session).person
    now_here = factories.enrolment(session=session).person if has_a_place else factories.person()
    answer = signed_in(client, now_here).post(address("ticket-create", session), {"person": before.public_id})
    assert (answer.status_code, answer.json()) == (409, {"code": "room.other_person"})


def test_tickets_are_not_for_the_banned(client: Client, session: Session) -> None:
    enrolment = attendee(session)
    ban(session, enrolment.person)
    assert signed_in(client, enrolment.person).post(address("ticket-create", session)).status_code == 403


def test_a_ticket_wants_a_post_with_the_token_of_our_page(session: Session) -> None:
    strict = signed_in(Client(enforce_csrf_checks=True), attendee(session).person)
    assert strict.get(address("ticket-create", session)).status_code == 405
    assert strict.post(address("ticket-create", session)).status_code == 403
    strict.get(address("room-show", session))
    token = strict.cookies["anfiteatro_csrf"].value
    assert strict.post(address("ticket-create", session), headers={"X-CSRFToken": token}).status_code == 200


@pytest.mark.parametrize("people", [1, 3])
def test_the_room_costs_the_same_queries_however_many_come(
    client: Client, session: Session, people: int, django_assert_num_queries: Any
) -> None:
    factories.room(session=session)
    enrolled = [attendee(session, person=factories.person(), region="PE-LOR") for _ in range(people)]
    for _ in range(people):
        factories.team_member(session=session, person=factories.person(), role=TeamRole.MENTOR)
    signed_in(client, enrolled[0].person)
    with django_assert_num_queries(6):
        client.get(address("room-show", session))


@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_styles_or_scripts_inside_that_the_policy_would_stop(
    client: Client, session: Session, page: str
) -> None:
    html = signed_in(client, factories.coordinator()).get(address(page, session)).content.decode()
    assert " style=" not in html
    assert not re.search(r"\son\w+=", html)
    scripts = re.findall(r"<script(?![^>]*application/json)[^>]*>", html)
    assert scripts
    assert all("nonce=" in script for script in scripts)
