"""What stands in a ticket."""

import json

import pytest
from django.conf import settings as site
from django.test import Client

from livesessions.room import tickets
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_ticket_does_not_show_the_browsers_key() -> None:
    enrolment = factories.enrolment()
    browser = Client()
    browser.force_login(enrolment.person)
    ticket = browser.post(f"/live/{enrolment.session.public_id}/ticket/").json()["ticket"]
    key = browser.cookies[site.SESSION_COOKIE_NAME].value
    assert tickets.read(ticket).browser == key
    assert key not in json.dumps(tickets.signing.loads(ticket, salt=tickets._SALT))
