"""A page belongs to the person it was made for, and what was typed into it is not lost on the way."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db

BACKEND = "accounts.backends.PeopleBackend"


def test_every_page_says_whom_it_was_made_for(client: Client) -> None:
    assert 'data-person=""' in client.get("/").content.decode()
    person = factories.person()
    client.force_login(person, backend=BACKEND)
    assert f'data-person="{person.public_id}"' in client.get("/").content.decode()


def test_the_page_without_a_network_is_nobodys_and_says_nothing_of_who_is_here(client: Client) -> None:
    assert "data-person" not in client.get(reverse("courses:case-offline", args=["en"])).content.decode()


def test_a_room_belongs_to_whom_its_link_was_sent(client: Client) -> None:
    enrolment = factories.enrolment()
    client.force_login(enrolment.person, backend=BACKEND)
    page = client.get(reverse("livesessions:room-show", args=[enrolment.session.public_id])).content.decode()
    assert f'data-person="{enrolment.person.public_id}"' in page


def test_a_script_of_anothers_page_does_nothing_in_the_name_of_who_is_here_now(client: Client) -> None:
    before, here = factories.person(), factories.person()
    client.force_login(here, backend=BACKEND)
    for address in (reverse("courses:case-list"), "/"):
        answer = client.post(address, headers={"X-Person": before.public_id})
        assert (answer.status_code, answer.json()) == (401, {"code": "sign_in.other"})
    assert client.get("/", headers={"X-Person": here.public_id}).status_code == 200


def test_whoever_is_signed_out_is_asked_to_sign_in_as_ever(client: Client) -> None:
    assert client.get("/", headers={"X-Person": factories.person().public_id}).status_code == 200


def test_the_page_of_somebody_known_is_not_kept_by_the_browser(client: Client) -> None:
    assert client.get("/nowhere/").headers["Cache-Control"] == "private"
    client.force_login(factories.person(), backend=BACKEND)
    assert "no-store" in client.get("/nowhere/").headers["Cache-Control"]


def test_after_signing_in_one_returns_to_the_page_of_the_form(client: Client) -> None:
    """Its address may take a POST alone."""
    address = reverse("courses:case-save", args=[uuid4()])
    answer = client.post(address, headers={"Referer": "http://testserver/cases/?tab=mine"})
    assert answer["Location"] == "/accounts/login/?next=/cases/%3Ftab%3Dmine"
    elsewhere = client.post(address, headers={"Referer": "https://evil.example/x"})
    assert elsewhere["Location"] == f"/accounts/login/?next={address}"


def test_only_a_form_that_was_taken_is_called_taken(client: Client) -> None:
    assert "taken" not in client.post(reverse("accounts:profile-edit")).cookies  # sent to sign in
    person = factories.person()
    client.force_login(person, backend=BACKEND)
    address = reverse("accounts:profile-edit")
    assert "taken" not in client.post(address, {"full_name": ""}).cookies  # shown again with what is wrong
    taken = client.post("/language/", {"language": "es", "next": "/"}).cookies["taken"]
    assert (taken.value, taken["max-age"], taken["samesite"]) == ("%2Flanguage%2F", 60, "Lax")


def test_a_question_with_an_old_key_takes_no_cookie_away(client: Client) -> None:
    """The answer may overtake the one that brings the new key."""
    client.cookies[settings.SESSION_COOKIE_NAME] = "0123456789abcdef0123456789abcdef"
    answer = client.post(reverse("livesessions:ticket-create", args=[factories.session().public_id]))
    assert answer.status_code == 401
    assert settings.SESSION_COOKIE_NAME not in answer.cookies
    assert "Cookie" in answer.headers["Vary"]


def test_signing_out_takes_the_cookie_away(client: Client) -> None:
    client.force_login(factories.person(), backend=BACKEND)
    answer = client.post("/accounts/logout/")
    assert answer.cookies[settings.SESSION_COOKIE_NAME].value == ""
