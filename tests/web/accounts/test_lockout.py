"""Nobody is locked out by others: neither by codes asked for in their name nor by passwords guessed beside them."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.models import Person
from tests import factories

pytestmark = pytest.mark.django_db

RIGHT = "tiers-and-light"
HALL, HOME, WARD = "192.0.2.1", "192.0.2.2", "192.0.2.3"
CODE = re.compile(r"^[A-Z0-9]{3,5}-?[A-Z0-9]{3,5}$", re.MULTILINE)


@pytest.fixture
def ana() -> Person:
    return with_password("ana@example.org")


def with_password(email: str) -> Person:
    person = factories.person(email=email)
    person.set_password(RIGHT)
    person.save()
    person.emailaddress_set.create(email=email, verified=True, primary=True)
    return person


def try_password(client: Client, email: str, password: str, network: str) -> str:
    answer = client.post("/accounts/login/", {"login": email, "password": password}, REMOTE_ADDR=network)
    return "in" if "_auth_user_id" in client.session else answer.content.decode()


def ask(network: str, email: str, client: Client | None = None) -> Any:
    return (client or Client()).post("/accounts/login/", {"login": email}, REMOTE_ADDR=network)


def test_a_surgeon_gets_her_code_while_strangers_ask_for_it(ana: Person) -> None:
    for _ in range(60):  # three a minute, for twenty minutes
        assert ask(HALL, ana.email).status_code == 302
        cache.clear()
    assert len(mail.outbox) == 4
    hers = Client()
    ask(HOME, ana.email, hers)
    found = CODE.search(str(mail.outbox[-1].body))
    assert len(mail.outbox) == 5
    assert found
    hers.post("/accounts/login/code/confirm/", {"code": found.group()}, REMOTE_ADDR=HOME)
    assert "_auth_user_id" in hers.session


def test_her_own_browser_is_counted_apart(ana: Person) -> None:
    hers = Client()
    assert try_password(hers, ana.email, RIGHT, HALL) == "in"
    hers.post("/accounts/logout/")
    for network in (HALL, HOME, WARD):
        for _ in range(5):
            ask(network, ana.email)
    assert len(mail.outbox) == 5  # and no more than a few unasked ones a day
    ask(HALL, ana.email, hers)
    assert len(mail.outbox) == 6


def test_wrong_passwords_in_the_hall_shut_no_door_of_the_hall(ana: Person) -> None:
    for number in range(40):
        try_password(Client(), f"guess{number}@example.org", "wrong", HALL)
    assert try_password(Client(), ana.email, RIGHT, HALL) == "in"


def test_who_guesses_at_an_account_shuts_their_own_door_alone(ana: Person) -> None:
    for _ in range(12):
        told = try_password(Client(), ana.email, "wrong", HALL)
    assert "Too many wrong passwords from here." in told
    assert "Too many wrong passwords from here." in try_password(Client(), ana.email, RIGHT, HALL)
    assert try_password(Client(), ana.email, RIGHT, HOME) == "in"


def test_her_own_browser_opens_even_beside_whoever_guesses(ana: Person) -> None:
    hers = Client()
    assert try_password(hers, ana.email, RIGHT, HALL) == "in"
    hers.post("/accounts/logout/")
    for _ in range(12):
        try_password(Client(), ana.email, "wrong", HALL)
    assert try_password(hers, ana.email, RIGHT, HALL) == "in"


def test_a_browser_that_knows_one_person_does_not_know_another(ana: Person) -> None:
    berta, browser = with_password("berta@example.org"), Client()
    assert try_password(browser, berta.email, RIGHT, HALL) == "in"
    browser.post("/accounts/logout/")
    for _ in range(12):
        told = try_password(browser, ana.email, "wrong", HALL)
    assert "Too many wrong passwords from here." in told


def test_a_cookie_somebody_wrote_is_no_known_device(ana: Person) -> None:
    browser = Client()
    browser.cookies["anfiteatro_device"] = "eyJpZCI6IngifQ:1abcde:forged"
    for _ in range(12):
        told = try_password(browser, ana.email, "wrong", HALL)
    assert "Too many wrong passwords from here." in told


def test_right_passwords_use_nothing_up(ana: Person) -> None:
    for _ in range(15):
        assert try_password(Client(), ana.email, RIGHT, HALL) == "in"


def test_whoever_answers_has_asked_and_may_ask_again(ana: Person) -> None:
    for _ in range(5):
        hers = Client()
        ask(HALL, ana.email, hers)
        found = CODE.search(str(mail.outbox[-1].body))
        assert found
        hers.post("/accounts/login/code/confirm/", {"code": found.group()}, REMOTE_ADDR=HALL)
        assert "_auth_user_id" in hers.session
    assert len(mail.outbox) == 5
