"""The button behind the personal link keeps the seat; looking at the page does not, for mail scanners look too."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from courses.programme.models import Enrolment, EnrolmentStatus
from courses.programme.queries import links
from courses.programme.queries.links import Purpose
from shared.clock import now
from tests import factories
from tests.registering import ask, register
from web.clients import address_of, client_of

pytestmark = pytest.mark.django_db


def door(enrolment: Enrolment) -> str:
    return reverse("courses:pass-give", args=[links.token(enrolment, Purpose.JOIN)])


def test_looking_keeps_nothing_and_pressing_keeps_the_seat(client: Client) -> None:
    enrolment = ask(factories.session())
    html = client.get(door(enrolment)).content.decode()
    assert "Keep my place" in html
    assert "A place is held for you until" in html
    assert Enrolment.objects.get().unanswered_since is not None

    answer = client.post(door(enrolment), follow=True)
    assert "Your place is kept." in answer.content.decode()
    assert "You are registered: Remote." in answer.content.decode()
    kept = Enrolment.objects.get()
    assert (kept.status, kept.unanswered_since) == (EnrolmentStatus.CONFIRMED, None)


def test_once_the_doors_are_open_the_same_button_enters(client: Client) -> None:
    session = factories.session(starts_at=now() + timedelta(minutes=5))
    enrolment = ask(session)
    assert "Enter the room" in client.get(door(enrolment)).content.decode()
    answer = client.post(door(enrolment))
    assert answer["Location"] == reverse("livesessions:room-show", kwargs={"room": session.public_id})


def test_who_comes_too_late_for_the_held_seat_is_told_so(client: Client) -> None:
    session = factories.session(remote_capacity=1)
    late = ask(session, "late@example.org")
    Enrolment.objects.update(held_until=now() - timedelta(seconds=1))
    register(session, "quick@example.org")
    html = client.get(door(late)).content.decode()
    assert "You have no place yet: the mail about it has not been answered." in html
    assert "Yes, I want to come" in html
    html = client.post(door(late)).content.decode()
    assert "You are on the waiting list." in html
    assert "You are first in line." in html
    assert "Yes, I want to come" not in html


def test_a_request_is_answered_and_stays_a_request(client: Client) -> None:
    enrolment = ask(factories.session(), channel="or")
    assert "Tell us that it was you who asked." in client.get(door(enrolment)).content.decode()
    html = client.post(door(enrolment)).content.decode()
    assert "You asked for this place." in html
    assert "Yes, I want to come" not in html
    assert "passes" not in client.session
    assert Enrolment.objects.get().status == EnrolmentStatus.REQUESTED


def test_coordinators_see_who_has_not_answered(client: Client) -> None:
    enrolment = ask(factories.session())
    client.force_login(factories.coordinator())
    page = reverse("courses:enrolment-list", kwargs={"session": enrolment.session.public_id})
    assert "mail not answered yet" in client.get(page).content.decode()
    client.post(door(enrolment))
    assert "mail not answered yet" not in client.get(page).content.decode()


def test_signing_in_keeps_the_seat_too(client: Client) -> None:
    enrolment = ask(factories.session())
    client.force_login(enrolment.person)
    assert Enrolment.objects.get().unanswered_since is None


@pytest.mark.parametrize(
    ("remote", "forwarded", "behind", "address"),
    [
        ("192.0.2.7", "203.0.113.9", False, "192.0.2.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", True, "203.0.113.9"),
        ("2001:db8:1:2:aaaa::1", "", False, "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "", False, "192.0.2.7"),
        ("unix:", "", True, "unix:"),
    ],
)
def test_a_network_is_what_the_server_saw(
    settings: object, remote: str, forwarded: str, behind: bool, address: str
) -> None:
    settings.BEHIND_PROXY = behind  # type: ignore[attr-defined]
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"X-Forwarded-For": forwarded})
    assert address_of(request) == address
    assert len(client_of(request)) == 32
