"""The programme's, the room's and the reports' addresses, and what everybody is answered there, status by status.

The addresses of cases and of logbooks have tables and tests of their own. 302 is any redirect but to sign in. A form
that is let through comes back with its faults (200, 422), because most are sent in empty here. The other session's
people are as much strangers as `outsider` is.
"""

from collections.abc import Iterator
from copy import deepcopy
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests import access, addresses
from tests.access import ACTORS, Cast
from tests.answers import REFUSED, rows, status, told_addresses, visit

pytestmark = pytest.mark.django_db

KEPT_BY_CACHES = {"courses:region-list"}


READ, WRITE = rows("house-read", ACTORS), rows("house-write", ACTORS)


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """One for the whole file; every test takes back what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield access.cast()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def cookies(cast: Cast) -> dict[str, SimpleCookie]:
    return {actor: cast.browser(actor).cookies for actor in ACTORS}


def body(cast: Cast, name: str) -> dict[str, str]:
    """What is sent where an empty form would not tell a person let in from one turned away."""
    person = cast.guest.person.public_id
    adjustment = {"minutes": "5", "reason": "Stood at the table", "key": "0d6e9d6a-4f6f-4c52-8c9f-0b9a3b3a7a11"}
    return {
        "livesessions:roll-call-mark": {"person": person, "is_in": "1"},
        "reports:attendance-adjust": adjustment,
        "courses:enrolment-move": {"channel": "auditorium"},
    }.get(name, {})


def everybody(cast: Cast, cookies: dict[str, SimpleCookie], method: str, name: str) -> dict[str, Any]:
    answers = {}
    for actor in ACTORS:
        client = Client()
        client.cookies = deepcopy(cookies[actor])
        answers[actor] = visit(client, method, cast.address(name), body(cast, name))
    return answers


def test_the_tables_name_every_address_of_the_project() -> None:
    assert told_addresses() == set(addresses.of_project())


@pytest.mark.parametrize("name", READ)
def test_reading(cast: Cast, cookies: dict[str, SimpleCookie], name: str) -> None:
    answers = everybody(cast, cookies, "GET", name)
    assert {actor: status(answer) for actor, (answer, _) in answers.items()} == READ[name]
    assert [wrote for _, wrote in answers.values() if wrote] == []
    kept = {actor for actor, (answer, _) in answers.items() if "private" not in answer.headers["Cache-Control"]}
    assert kept == (set(ACTORS) if name in KEPT_BY_CACHES else set())


@pytest.mark.parametrize("name", WRITE)
def test_writing(cast: Cast, cookies: dict[str, SimpleCookie], name: str) -> None:
    answers = everybody(cast, cookies, "POST", name)
    assert {actor: status(answer) for actor, (answer, _) in answers.items()} == WRITE[name]
    assert [wrote for answer, wrote in answers.values() if wrote and status(answer) in REFUSED] == []


@pytest.mark.parametrize("name", WRITE)
def test_writing_wants_the_token_of_our_page(cast: Cast, cookies: dict[str, SimpleCookie], name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = deepcopy(cookies["coordinator"])
    answer, wrote = visit(client, "POST", cast.address(name), body(cast, name))
    assert (status(answer), wrote) == ("403", [])


def test_no_address_takes_a_method_without_a_row(cast: Cast, cookies: dict[str, SimpleCookie]) -> None:
    client = Client()
    client.cookies = deepcopy(cookies["coordinator"])
    others = [("GET", name) for name in set(WRITE) - set(READ)] + [("POST", name) for name in set(READ) - set(WRITE)]
    answers = {(method, name): status(visit(client, method, cast.address(name), {})[0]) for method, name in others}
    not_there = {("POST", name) for name in READ if name.startswith("demo:")}
    assert answers == {other: "404" if other in not_there else "405" for other in others}
