"""The demonstration's doors: open with DEMO, not there at all without."""

from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.filebased import EmailBackend
from django.test import Client
from django.urls import reverse

from demo import accounts
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings: Any, tmp_path: Path) -> Path:
    settings.DEMO = True
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def send(folder: Path, *mails: tuple[str, str]) -> None:
    backend = EmailBackend(file_path=str(folder))
    backend.send_messages(
        [EmailMultiAlternatives(s, f"Body of {s} https://x.example/join", "a@b.example", [to]) for to, s in mails]
    )


@pytest.mark.parametrize("role", accounts.ACCOUNTS)
def test_a_link_signs_in_and_leads_on(client: Client, demonstration: Path, role: str) -> None:
    person = factories.person(email=accounts.ACCOUNTS[role].email)
    answer = client.get(accounts.sign_in_path(role))
    assert answer.status_code == 302
    assert answer["Location"] == accounts.ACCOUNTS[role].page
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_wrong_key_opens_nothing(client: Client, demonstration: Path) -> None:
    factories.person(email=accounts.ACCOUNTS["mentor"].email)
    key = accounts.sign_in_path("moderator").partition("=")[2]
    assert client.get(reverse("demo:sign-in", args=["mentor"]), {"key": key}).status_code == 404
    assert client.get(reverse("demo:sign-in", args=["mentor"])).status_code == 404
    assert "_auth_user_id" not in client.session


def test_an_unknown_role_and_a_closed_account_are_not_found(client: Client, demonstration: Path) -> None:
    factories.person(email=accounts.ACCOUNTS["mentor"].email, is_active=False)
    assert client.get(accounts.sign_in_path("mentor")).status_code == 404
    assert client.get(reverse("demo:sign-in", args=["king"]), {"key": "x"}).status_code == 404


def test_nothing_is_there_without_demo(client: Client, settings: Any) -> None:
    settings.DEMO = False
    factories.person(email=accounts.ACCOUNTS["mentor"].email)
    assert client.get(accounts.sign_in_path("mentor")).status_code == 404
    assert client.get(reverse("demo:mail-list")).status_code == 404
    assert client.get(reverse("demo:mail", args=["a-0"])).status_code == 404
    assert "_auth_user_id" not in client.session


def test_posting_is_refused(client: Client, demonstration: Path) -> None:
    assert client.post(accounts.sign_in_path("mentor")).status_code == 405


def test_mail_is_listed_and_read(client: Client, demonstration: Path) -> None:
    send(demonstration, ("ana@x.example", "Welcome"), ("bo@x.example", "Reminder"))
    page = client.get(reverse("demo:mail-list"))
    assert [mail.subject for mail in page.context["mails"]] == ["Reminder", "Welcome"]
    narrowed = client.get(reverse("demo:mail-list"), {"to": "ANA@"})
    (mail,) = narrowed.context["mails"]
    shown = client.get(reverse("demo:mail", args=[mail.key]))
    assert 'href="https://x.example/join"' in shown.content.decode()


def test_no_mail_yet(client: Client, demonstration: Path) -> None:
    assert client.get(reverse("demo:mail-list")).context["mails"] == []


@pytest.mark.parametrize("key", ["nothing-0", "..%2F..%2Fetc%2Fpasswd-0", "x"])
def test_only_mails_of_the_folder_are_found(client: Client, demonstration: Path, key: str) -> None:
    (demonstration.parent / "outside.log").write_bytes(bytes(EmailMessage()))
    assert client.get(f"/demo/mail/{key}/").status_code == 404


def test_the_strip_lists_the_accounts_in_a_demonstration_only(settings: Any) -> None:
    from django.template.loader import render_to_string

    settings.DEMO = True
    assert render_to_string("demo/_strip.html").count("/demo/sign-in/") == len(accounts.ACCOUNTS)
    settings.DEMO = False
    assert render_to_string("demo/_strip.html").strip() == ""
