"""Without mail: every page that promises one works, and says what becomes of it. The ways in which it may fail."""

import re
import smtplib
import threading
from typing import Any

import pytest
from django.core.mail.backends import smtp
from django.test import Client
from django_tasks_db.models import DBTaskResult

from jobs.worker import Worker
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
AWAY = "Our mail server does not answer at this moment."
FAILURES = {
    "refuses for now": smtplib.SMTPDataError(451, b"later, please"),
    "refuses for good": smtplib.SMTPRecipientsRefused({"rosa@example.org": (550, b"no such person")}),
    "never answers": TimeoutError("timed out"),
    "is away": ConnectionRefusedError(),
}


@pytest.fixture(params=FAILURES)
def failure(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, settings: Any) -> str:
    """How the mail server fails, in the worker and wherever else it is asked."""

    def fail(*args: object) -> int:
        raise FAILURES[request.param]

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    monkeypatch.setattr(smtp.EmailBackend, "send_messages", fail)
    return str(request.param)


def work() -> None:
    worker = Worker(threading.Event())
    while worker.work_one():
        pass


def test_the_page_for_the_code_comes_at_once_and_says_what_is_the_matter(client: Client, failure: str) -> None:
    factories.person(email="rosa@example.org")
    answer = client.post("/accounts/login/", {"login": "rosa@example.org"}, follow=True)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "is on its way" in page
    assert AWAY not in page
    work()
    assert (AWAY in client.get(answer.redirect_chain[-1][0]).content.decode()) == (failure != "refuses for good")


@pytest.mark.parametrize("failure", ["refuses for now", "never answers", "is away"], indirect=True)
def test_the_code_comes_when_the_server_is_back(client: Client, failure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    person = factories.person(email="rosa@example.org")
    client.post("/accounts/login/", {"login": "rosa@example.org"})
    work()
    arrived: list[Any] = []
    monkeypatch.setattr(smtp.EmailBackend, "send_messages", lambda self, messages: arrived.extend(messages))
    DBTaskResult.objects.update(run_after="2020-01-01T00:00Z")
    work()
    [code] = re.findall(r"^[A-Z0-9]+(?:-[A-Z0-9]+)?$", arrived[0].body, re.MULTILINE)
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize("path", ["/accounts/password/reset/", "/accounts/signup/", "/accounts/login/code/"])
def test_every_form_that_sends_a_mail_is_answered(client: Client, failure: str, path: str) -> None:
    factories.person(email="rosa@example.org")
    for email in ("rosa@example.org", "new@example.org"):
        assert Client().post(path, {"email": email}).status_code == 302
    work()
