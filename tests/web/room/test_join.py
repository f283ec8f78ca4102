"""The personal link opens one session at one tap, and nothing else anywhere."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from courses.programme.models import Enrolment, EnrolmentStatus, Session
from courses.programme.queries import links
from courses.programme.queries.links import Purpose
from livesessions.attendance.models import PresenceSpan
from shared.clock import now
from shared.ids import public_id
from tests import factories

pytestmark = pytest.mark.django_db


def door(enrolment: Enrolment) -> str:
    return reverse("courses:pass-give", args=[links.token(enrolment, Purpose.JOIN)])


def room(session: Session) -> str:
    return reverse("livesessions:room-show", kwargs={"room": session.public_id})


def test_looking_at_the_link_does_nothing(client: Client) -> None:
    enrolment = factories.enrolment()
    answer = client.get(door(enrolment))
    assert answer.status_code == 200
    assert "Enter the room" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert client.head(door(enrolment)).status_code == 200
    assert "passes" not in client.session


def test_one_tap_opens_the_room(client: Client) -> None:
    enrolment = factories.enrolment()
    client.get(door(enrolment))
    before = client.session.session_key
    answer = client.post(door(enrolment))

    assert answer.status_code == 302
    assert answer["Location"] == room(enrolment.session)
    assert client.session["passes"] == {enrolment.session.public_id: [enrolment.link_key]}
    assert client.session.session_key != before
    assert client.get(room(enrolment.session)).status_code == 200
    assert not PresenceSpan.objects.exists()  # a clicked link is not attendance


def test_it_opens_nothing_else(client: Client) -> None:
    boss = factories.coordinator()
    enrolment, other = factories.enrolment(person=boss), factories.session()
    client.post(door(enrolment))

    assert "_auth_user_id" not in client.session
    assert client.get(room(other)).status_code in {401, 403}
    assert client.get(reverse("courses:plan-home")).status_code == 302
    assert client.get(reverse("account_email")).status_code == 302
    listing = reverse("courses:enrolment-list", kwargs={"session": enrolment.session.public_id})
    assert client.get(listing).status_code == 302


def test_a_withdrawn_registration_loses_the_room(client: Client) -> None:
    enrolment = factories.enrolment()
    client.post(door(enrolment))
    Enrolment.objects.update(status=EnrolmentStatus.WITHDRAWN)
    assert client.get(room(enrolment.session)).status_code in {401, 403}
    html = client.get(door(enrolment)).content.decode()
    assert "This registration was withdrawn." in html
    assert "Send me my link" in html


def test_a_replaced_link_explains_and_offers_the_new_one(client: Client) -> None:
    enrolment = factories.enrolment()
    old = door(enrolment)
    Enrolment.objects.update(link_key=public_id())
    for answer in (client.get(old), client.post(old)):
        assert answer.status_code == 410
        assert "A newer link has replaced this one." in answer.content.decode()
    assert "passes" not in client.session

    resend = reverse("courses:enrolment-resend", kwargs={"session": enrolment.session.public_id})
    client.post(resend, {"email": enrolment.person.email})
    enrolment.refresh_from_db()
    assert door(enrolment) in mail.outbox[0].body


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"cancelled_at": now()}, 200, "This session was cancelled."),
        ({"ended_at": now() - timedelta(days=8)}, 410, "This link has expired"),
    ],
)
def test_a_link_to_nowhere_explains(client: Client, fields: dict[str, object], status: int, sentence: str) -> None:
    enrolment = factories.enrolment(session=factories.session(**fields))
    for answer in (client.get(door(enrolment)), client.post(door(enrolment))):
        assert answer.status_code == status
        assert sentence in answer.content.decode()
    assert "passes" not in client.session


def test_a_waiting_person_hears_how_many_are_before_them(client: Client) -> None:
    session = factories.session()
    factories.enrolment(session=session, status=EnrolmentStatus.WAITING)
    enrolment = factories.enrolment(session=session, status=EnrolmentStatus.WAITING)
    html = client.post(door(enrolment)).content.decode()
    assert "You are on the waiting list." in html
    assert "1 person has waited longer than you." in html
    assert "passes" not in client.session


@pytest.mark.parametrize("token", ["x", "a:b", "W10:zzz", "%00", "é" * 50])
def test_a_broken_link_is_unknown(client: Client, token: str) -> None:
    answer = client.get(f"/join/{token}/")
    assert answer.status_code == 404
    assert "This link does not work" in answer.content.decode()


def test_a_withdrawal_link_opens_no_room(client: Client) -> None:
    enrolment = factories.enrolment()
    token = links.token(enrolment, Purpose.WITHDRAW)
    assert client.post(reverse("courses:pass-give", args=[token])).status_code == 404


def test_the_button_needs_its_token_of_origin() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(door(factories.enrolment())).status_code == 403
