"""One's own sessions: what is listed, and withdrawing from there."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from courses.programme.models import Enrolment, EnrolmentStatus, Session
from courses.programme.queries import own_sessions
from courses.programme.queries.enrolments import ahead_of
from shared.clock import now
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = "/mine/"


@pytest.fixture
def me(client: Client) -> Person:
    person = factories.person()
    client.force_login(person)
    return person


def withdrawal(enrolment: Enrolment) -> str:
    return reverse("courses:mine-withdraw", kwargs={"enrolment": enrolment.public_id})


def over() -> Session:
    start = now() - timedelta(hours=3)
    return factories.session(starts_at=start, live_at=start, ended_at=start + timedelta(hours=1))


def room(session: Session) -> str:
    return reverse("livesessions:room-show", kwargs={"room": session.public_id})


def minutes(session: Session) -> str:
    return reverse("reports:attendance-mine", kwargs={"session": session.public_id})


def test_the_first_visit_offers_the_one_next_step(client: Client, me: Person) -> None:
    html = client.get(PAGE).content.decode()
    assert "Find your session" in html
    assert "My sessions" in html


def test_the_room_is_one_tap_away_while_it_is_open(client: Client, me: Person) -> None:
    soon = factories.enrolment(person=me, session=factories.session(starts_at=now() + timedelta(minutes=10))).session
    later = factories.enrolment(person=me, session=factories.session(starts_at=now() + timedelta(days=1))).session
    html = client.get(PAGE).content.decode()
    assert room(soon) in html
    assert room(later) not in html
    assert html.index(f"/sessions/{soon.public_id}/") < html.index(f"/sessions/{later.public_id}/")


def test_a_past_session_leads_to_ones_own_minutes(client: Client, me: Person) -> None:
    session = factories.enrolment(person=me, session=over()).session
    missed = factories.enrolment(person=me, session=over(), status=EnrolmentStatus.WAITING).session
    html = client.get(PAGE).content.decode()
    assert minutes(session) in html
    assert minutes(missed) not in html
    assert client.get(minutes(session)).status_code == 200


def test_those_who_wait_see_their_place_in_the_line(client: Client, me: Person) -> None:
    session = factories.session()
    at = now()
    for number in range(3):
        factories.enrolment(session=session, status=EnrolmentStatus.WAITING, enrolled_at=at)
        factories.enrolment(session=session, channel="or", status=EnrolmentStatus.WAITING, enrolled_at=at)
        factories.enrolment(session=session, enrolled_at=at - timedelta(hours=number))
    own = factories.enrolment(session=session, person=me, status=EnrolmentStatus.WAITING, enrolled_at=at)
    factories.enrolment(session=session, status=EnrolmentStatus.WAITING, enrolled_at=at)
    (listed,) = own_sessions.of(me, now()).waiting
    assert listed.ahead == ahead_of(own) == 3
    assert "3 people have waited longer than you." in client.get(PAGE).content.decode()


def test_roles_are_listed_and_the_withdrawn_and_other_people_are_not(client: Client, me: Person) -> None:
    role = factories.team_member(person=me, role="mentor")
    gone = factories.enrolment(person=me, status=EnrolmentStatus.WITHDRAWN)
    other = factories.enrolment()
    html = client.get(PAGE).content.decode()
    assert "Where you work" in html
    assert "Mentor" in html
    assert f"/sessions/{role.session.public_id}/" in html
    assert gone.session.public_id not in html
    assert other.session.public_id not in html


def test_a_cancelled_session_has_no_door(client: Client, me: Person) -> None:
    session = factories.enrolment(person=me, session=factories.session(cancelled_at=now())).session
    html = client.get(PAGE).content.decode()
    assert "Cancelled" in html
    assert room(session) not in html


def test_withdrawing_twice_is_once(client: Client, me: Person) -> None:
    enrolment = factories.enrolment(person=me)
    assert withdrawal(enrolment) in client.get(PAGE).content.decode()
    for _ in range(2):
        html = client.post(withdrawal(enrolment), follow=True).content.decode()
        assert "your place is free for somebody else" in html
    enrolment.refresh_from_db()
    assert enrolment.status == EnrolmentStatus.WITHDRAWN
    assert len(mail.outbox) == 1


def test_nobody_withdraws_somebody_else(client: Client, me: Person) -> None:
    enrolment = factories.enrolment()
    for person in (me, factories.coordinator(), factories.team_member(session=enrolment.session).person):
        client.force_login(person)
        assert client.post(withdrawal(enrolment)).status_code == 404
    assert client.post("/mine/nothing/withdraw/").status_code == 404
    assert client.get(withdrawal(enrolment)).status_code == 405
    enrolment.refresh_from_db()
    assert enrolment.status == EnrolmentStatus.CONFIRMED


def test_strangers_sign_in_first(client: Client) -> None:
    enrolment = factories.enrolment()
    assert "My sessions" not in client.get("/").content.decode()
    for answer in (client.get(PAGE), client.post(withdrawal(enrolment))):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/login/?next=/mine/")
    enrolment.refresh_from_db()
    assert enrolment.status == EnrolmentStatus.CONFIRMED


@pytest.mark.parametrize("sessions", [1, 3])
def test_costs_the_same_for_one_and_for_three(
    client: Client, me: Person, sessions: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(sessions):
        factories.enrolment(person=me)
        factories.enrolment(person=me, status=EnrolmentStatus.WAITING)
        factories.enrolment(person=me, session=over())
        factories.team_member(person=me)
    with django_assert_num_queries(4):  # browser session, person, registrations, roles
        client.get(PAGE)
