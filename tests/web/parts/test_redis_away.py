"""Without Redis, or with one that hangs: people sign in and register, and are told nothing of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from channels_redis.pubsub import RedisPubSubChannelLayer
from django.core import mail
from django.test import Client
from django.urls import reverse

from courses.programme.models import Enrolment
from livesessions.realtime import ringing
from tests import factories
from tests.hanging import hanging, nobody
from tests.web.programme.test_register import FORM
from web import caches

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["away", "hung"], autouse=True)
def redis(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[None]:
    monkeypatch.setattr(caches, "_away_until", {})
    with hanging() as port:
        url = f"redis://127.0.0.1:{port if request.param == 'hung' else nobody()}/0"
        settings.CACHES = {"default": {"BACKEND": "web.caches.SpareCache", "LOCATION": url}}
        monkeypatch.setattr(ringing, "get_channel_layer", lambda: RedisPubSubChannelLayer(hosts=[url]))
        monkeypatch.setattr(ringing, "ring", ringing.Ringer().ring)
        yield


def test_one_signs_in(client: Client) -> None:
    factories.person(email="rosa@example.org")
    answer = client.post("/accounts/login/", {"login": "rosa@example.org"}, follow=True)
    assert answer.status_code == 200
    assert mail.outbox[0].to == ["rosa@example.org"]


def test_limits_on_attempts_still_hold() -> None:
    wrong = {"login": "rosa@example.org", "password": "wrong"}
    said = [Client().post("/accounts/login/", wrong).content.decode() for _ in range(11)]
    assert ["Too many wrong passwords" in page for page in said] == [False] * 10 + [True]


def test_one_registers(client: Client) -> None:
    session = factories.session()
    answer = client.post(reverse("courses:enrolment-register", kwargs={"session": session.public_id}), FORM)
    assert answer.status_code == 302
    assert Enrolment.objects.get().person.email == "rosa@example.org"
    assert mail.outbox[0].to == ["rosa@example.org"]
