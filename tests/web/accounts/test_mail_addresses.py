"""Every mail leads to the site's own address, whatever host the request that caused it named."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from courses.programme.models import Enrolment
from tests import factories
from tests.web.programme.test_register import FORM

pytestmark = pytest.mark.django_db

ELSEWHERE = "127.0.0.1:8123"  # allowed, and not the site's address


def links() -> set[str]:
    """The hosts that the mails sent so far lead to."""
    bodies = [str(message.body) + "".join(str(part[0]) for part in message.alternatives) for message in mail.outbox]  # type: ignore[attr-defined]
    return {found for body in bodies for found in re.findall(r"https?://[^/\s\"'<>]+", body)}


def test_mails_of_the_entrance_lead_home(client: Client) -> None:
    ana = Person.objects.create_user("ana@example.org", "tiers-and-light")
    ana.emailaddress_set.create(email=ana.email, verified=True, primary=True)  # type: ignore[attr-defined]
    asked = [
        ("account_reset_password", {"email": ana.email}),
        ("account_reset_password", {"email": "nobody@example.org"}),
        ("account_login", {"login": ana.email}),
        ("account_login", {"login": "nobody@example.org"}),
        ("account_signup", {"email": ana.email}),
        ("account_signup", {"email": "new@example.org"}),
    ]
    for number, (page, typed) in enumerate(asked, 1):
        Client().post(reverse(page), typed, headers={"Host": ELSEWHERE})
        assert len(mail.outbox) == number, (page, typed)
    assert links() == {settings.SITE_URL}
    assert any("/accounts/password/reset/key/" in str(message.body) for message in mail.outbox)


def test_mails_of_registration_lead_home(client: Client) -> None:
    session = factories.session()
    page = reverse("courses:enrolment-register", kwargs={"session": session.public_id})
    client.post(page, FORM, headers={"Host": ELSEWHERE})
    assert Enrolment.objects.exists()
    assert links() == {settings.SITE_URL}
