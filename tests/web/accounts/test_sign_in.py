"""Signing in by code, with a password, and what outsiders learn (nothing)."""

import re
from email.message import Message
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.models import Person

pytestmark = pytest.mark.django_db
CODE = re.compile(r"^[A-Z0-9]+(?:-[A-Z0-9]+)?$", re.MULTILINE)


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def ana() -> Person:
    return Person.objects.create_user("ana@example.org", full_name="Ana Quispe")


def ask_for_code(client: Client, email: str, **extra: Any) -> str:
    """Type an address; the code in the newest mail, empty when the mail has none."""
    answer = client.post("/accounts/login/", {"login": email} | extra)
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/code/confirm/")
    found = CODE.search(str(mail.outbox[-1].body)) if mail.outbox else None
    return found.group() if found else ""


def ask_again(client: Client) -> None:
    """Show by a fresh code that it is them."""
    client.post("/accounts/reauthenticate/", {"send": ""})
    found = CODE.search(str(mail.outbox[-1].body))
    assert found
    assert client.post("/accounts/reauthenticate/", {"code": found.group()}).status_code == 302


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_an_invisible_letter_in_the_address_changes_nothing(client: Client, ana: Person) -> None:
    assert ask_for_code(client, "ana@exam\u00adple.org\u200b")
    assert (mail.outbox[0].to, Person.objects.count()) == (["ana@example.org"], 1)


def test_a_code_signs_in_and_leads_where_one_wanted(client: Client, ana: Person) -> None:
    code = ask_for_code(client, "ANA@example.org", next="/profile/")
    assert mail.outbox[0].to == ["ana@example.org"]

    answer = client.post("/accounts/login/code/confirm/", {"code": code.lower(), "next": "/profile/"})

    assert answer.url == "/profile/"
    assert client.session["_auth_user_id"] == str(ana.pk)


def test_next_never_leads_to_another_site(client: Client, ana: Person) -> None:
    code = ask_for_code(client, ana.email)
    answer = client.post("/accounts/login/code/confirm/", {"code": code, "next": "https://elsewhere.example/"})
    assert answer.url == "/"


def test_a_wrong_code_lets_nobody_in_and_three_end_it(client: Client, ana: Person) -> None:
    code = ask_for_code(client, ana.email)
    for _ in range(2):
        answer = client.post("/accounts/login/code/confirm/", {"code": "WRONG"})
        assert "That is not the code in the mail." in answer.content.decode()
    assert client.post("/accounts/login/code/confirm/", {"code": "WRONG"}).status_code == 302

    assert client.post("/accounts/login/code/confirm/", {"code": code}).status_code == 302
    assert not signed_in(client)


def test_a_code_belongs_to_the_browser_that_asked(client: Client, ana: Person) -> None:
    code = ask_for_code(client, ana.email)
    stranger = Client()
    stranger.post("/accounts/login/code/confirm/", {"code": code})
    assert not signed_in(stranger)


def test_an_unknown_address_gets_the_same_page_and_the_mail_tells(client: Client, ana: Person) -> None:
    known, unknown = Client(), Client()
    ask_for_code(known, ana.email)
    ask_for_code(unknown, "nobody@example.org")
    page = "/accounts/login/code/confirm/"

    def told(of: Client, email: str) -> str:
        text = of.get(page).content.decode().replace(email, "X")
        return re.sub(r'(nonce|value)="[^"]*"', "", text)

    assert told(known, ana.email) == told(unknown, "nobody@example.org")
    assert mail.outbox[-1].to == ["nobody@example.org"]
    assert "/accounts/signup/" in str(mail.outbox[-1].body)
    assert not Person.objects.filter(email="nobody@example.org").exists()


def test_a_closed_account_gets_no_code(client: Client, ana: Person) -> None:
    Person.objects.update(is_active=False)
    assert ask_for_code(client, ana.email) == ""


def test_strangers_who_ask_for_codes_neither_fill_a_mailbox_nor_are_told_so(client: Client, ana: Person) -> None:
    for _ in range(9):
        assert Client().post("/accounts/login/", {"login": ana.email}).url.startswith("/accounts/login/code/confirm/")
    assert len(mail.outbox) == 4


@pytest.mark.parametrize(("password", "right"), [("tiers-and-light", True), ("guess", False)])
def test_who_set_a_password_may_use_it(client: Client, ana: Person, password: str, right: bool) -> None:
    ana.set_password("tiers-and-light")
    ana.save()
    ana.emailaddress_set.create(email=ana.email, verified=True, primary=True)

    answer = client.post("/accounts/login/", {"login": ana.email, "password": password})

    assert signed_in(client) is right
    assert (answer.status_code, len(mail.outbox)) == ((302, 0) if right else (200, 0))


@pytest.mark.parametrize(("language", "subject"), [("en", "Your sign-in code"), ("es", None), ("pt", None)])
def test_mails_carry_text_and_html_below_30_kilobytes(
    client: Client, ana: Person, language: str, subject: str | None
) -> None:
    client.cookies["django_language"] = language
    code = ask_for_code(client, ana.email)
    message = mail.outbox[0].message()
    assert isinstance(message, Message)
    assert len(message.as_bytes()) < 30_000
    (html,) = (str(body) for body, kind in mail.outbox[0].alternatives if kind == "text/html")
    assert f'lang="{language}"' in html
    assert code in html
    assert subject is None or mail.outbox[0].subject == subject


def test_signing_up_needs_an_address_and_its_code(client: Client) -> None:
    answer = client.post("/accounts/signup/", {"email": "Nueva@example.org"})
    assert answer.url == "/accounts/confirm-email/"
    found = CODE.search(str(mail.outbox[0].body))
    assert found

    client.post("/accounts/confirm-email/", {"code": found.group()})

    person = Person.objects.get(email="nueva@example.org")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert not person.has_usable_password()


def test_signing_up_with_a_known_address_says_so_by_mail_alone(client: Client, ana: Person) -> None:
    answer = client.post("/accounts/signup/", {"email": ana.email})
    assert answer.url == "/accounts/confirm-email/"
    assert mail.outbox[0].to == [ana.email]
    assert "/accounts/login/" in str(mail.outbox[0].body)
    assert Person.objects.count() == 1


def test_a_forgotten_password_is_chosen_anew(client: Client, ana: Person) -> None:
    client.post("/accounts/password/reset/", {"email": ana.email})
    (link,) = re.findall(r"http://testserver(/\S+)", str(mail.outbox[0].body))
    form = client.get(link, follow=True)
    words = {"password1": "lamp-over-table", "password2": "lamp-over-table"}
    client.post(form.redirect_chain[-1][0], words)
    ana.refresh_from_db()
    assert ana.check_password("lamp-over-table")


def test_signing_out_is_a_post(client: Client, ana: Person) -> None:
    client.force_login(ana)
    client.get("/accounts/logout/")
    assert signed_in(client)
    client.post("/accounts/logout/")
    assert not signed_in(client)


@pytest.mark.parametrize(
    "path", ["login/", "login/code/", "signup/", "password/reset/", "password/reset/done/", "inactive/"]
)
def test_pages_of_the_entrance_are_ours(client: Client, path: str) -> None:
    page = client.get(f"/accounts/{path}").content.decode()
    assert 'class="narrow flow entrance"' in page


@pytest.mark.parametrize("path", ["reauthenticate/", "password/change/", "logout/"])
def test_pages_of_the_account_are_ours_and_nobody_elses(client: Client, ana: Person, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 302
    ana.set_password("tiers-and-light") if "change" in path else ana.set_unusable_password()
    ana.save()
    client.force_login(ana)
    assert 'class="narrow flow entrance"' in client.get(f"/accounts/{path}").content.decode()


def test_a_new_address_counts_when_its_code_came_back(client: Client, ana: Person) -> None:
    code = ask_for_code(client, ana.email)
    client.post("/accounts/login/code/confirm/", {"code": code})
    ask_again(client)
    client.post("/accounts/email/", {"email": "ana.quispe@example.org", "action_add": ""})
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"
    found = CODE.search(str(mail.outbox[-1].body))
    assert found
    assert mail.outbox[-1].to == ["ana.quispe@example.org"]

    client.post("/accounts/confirm-email/", {"code": found.group()})

    ana.refresh_from_db()
    assert ana.email == "ana.quispe@example.org"


def test_nobody_takes_the_address_of_another(client: Client, ana: Person) -> None:
    bruno = Person.objects.create_user("bruno@example.org")
    client.force_login(bruno)
    ask_again(client)
    client.post("/accounts/email/", {"email": ana.email, "action_add": ""})
    found = CODE.search(str(mail.outbox[-1].body))
    assert found
    assert mail.outbox[-1].to == [ana.email]

    answer = client.post("/accounts/confirm-email/", {"code": found.group()})  # even had he read her mail

    assert "This address cannot be used." in answer.content.decode()
    bruno.refresh_from_db()
    assert bruno.email == "bruno@example.org"
