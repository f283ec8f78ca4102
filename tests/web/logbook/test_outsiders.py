"""Who is answered what at the addresses of logbooks and ratings."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from courses.logbook.models import RatingRequest
from tests import addresses, case_cast, logbook_factories
from tests.answers import REFUSED, rows, status, visit
from tests.case_cast import ACTORS, Cast

pytestmark = pytest.mark.django_db

READ, WRITE = rows("logbooks-read", ACTORS), rows("logbooks-write", ACTORS)
Told = tuple[Cast, RatingRequest]


def address(told: Told, name: str) -> str:
    _cast, asked = told
    known = {
        "entry": asked.entry.public_id,
        "rating": asked.public_id,
        "instrument": asked.instrument.code,
        "procedure": asked.entry.procedure.code,
    }
    return reverse(name, kwargs={wanted: known[wanted] for wanted in addresses.named()[name]})


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any) -> Iterator[Told]:
    """The author's entry, which the reviewer was asked to rate; every test takes back what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = case_cast.cast()
        entry = logbook_factories.entry(trainee=cast.people["author"])
        yield cast, logbook_factories.request(entry=entry, rater=cast.people["reviewer"])
        transaction.set_rollback(True)


def test_the_tables_name_every_address_of_logbooks_and_ratings() -> None:
    there = {name for name in addresses.of_project() if name.startswith(("courses:logbook-", "courses:rating-"))}
    assert {*READ, *WRITE} == there


@pytest.mark.parametrize("name", READ)
def test_reading(told: Told, name: str) -> None:
    answers = {actor: visit(told[0].browser(actor), "GET", address(told, name)) for actor in ACTORS}
    assert {actor: status(answer) for actor, (answer, _) in answers.items()} == READ[name]
    assert [wrote for _, wrote in answers.values() if wrote] == []
    kept = {actor for actor, (answer, _) in answers.items() if "private" not in answer.headers["Cache-Control"]}
    assert kept == set()


@pytest.mark.parametrize("name", WRITE)
def test_writing(told: Told, name: str) -> None:
    answers = {actor: visit(told[0].browser(actor), "POST", address(told, name)) for actor in ACTORS}
    assert {actor: status(answer) for actor, (answer, _) in answers.items()} == WRITE[name]
    assert [wrote for answer, wrote in answers.values() if wrote and status(answer) in REFUSED] == []


@pytest.mark.parametrize("name", WRITE)
def test_writing_wants_the_token_of_our_page(told: Told, name: str) -> None:
    answer, wrote = visit(told[0].browser("author", enforce_csrf_checks=True), "POST", address(told, name))
    assert (status(answer), wrote) == ("403", [])


@pytest.mark.parametrize(
    ("method", "name"),
    [*(("GET", name) for name in sorted({*WRITE} - {*READ})), *(("POST", name) for name in sorted({*READ} - {*WRITE}))],
)
def test_no_address_takes_a_method_without_a_row(told: Told, method: str, name: str) -> None:
    assert status(visit(told[0].browser("author"), method, address(told, name))[0]) == "405"
