"""A session's public calendar file."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from courses.programme.models import Session
from shared.clock import now
from tests import factories

pytestmark = pytest.mark.django_db


def page(session: Session) -> str:
    return reverse("courses:session-calendar", kwargs={"session": session.public_id})


def test_anybody_may_take_it(client: Client) -> None:
    start = (now() + timedelta(days=3)).replace(microsecond=0)
    session = factories.session(title="Cleft lip", starts_at=start)
    answer = client.get(page(session))
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (str(event["SUMMARY"]), event.start) == ("Cleft lip", start)
    assert str(event["URL"]).endswith(reverse("courses:session-show", kwargs={"session": session.public_id}))


def test_a_cancelled_session_is_told_as_cancelled(client: Client) -> None:
    session = factories.session(cancelled_at=now(), sequence=2)
    event = Calendar.from_ical(client.get(page(session)).content).walk("VEVENT")[0]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 2)


def test_drafts_stay_secret(client: Client) -> None:
    session = factories.session(course=factories.course(is_published=False))
    assert client.get(page(session)).status_code == 404
    client.force_login(factories.person())
    assert client.get(page(session)).status_code == 404
    client.force_login(factories.coordinator())
    assert client.get(page(session)).status_code == 200


def test_an_unknown_session_has_none(client: Client) -> None:
    assert client.get("/sessions/nothing/calendar.ics").status_code == 404
