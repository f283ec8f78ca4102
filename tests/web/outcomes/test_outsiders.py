"""Who is answered what at the addresses of outcomes, of mission lists and of the trauma registry."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from courses.cases.models import CaseStatus
from courses.outcomes.actions import outcomes
from courses.trauma.models import TraumaRecord
from shared.clock import now
from tests import addresses, case_cast
from tests.answers import REFUSED, rows, status, visit
from tests.case_cast import ACTORS, Cast

pytestmark = pytest.mark.django_db

READ = rows("outcomes-read", ACTORS) | rows("trauma-read", ACTORS)
WRITE = rows("outcomes-write", ACTORS) | rows("trauma-write", ACTORS)
OURS = ("courses:outcome", "courses:trauma-", "courses:mission-list", "courses:case-close", "courses:case-reopen")


def address(cast: Cast, name: str) -> str:
    assert cast.course.mission is not None
    known = {
        "case": cast.case.public_id,
        "milestone": "d30",
        "slug": cast.course.mission.slug,
        "record": cast.case.author.trauma_records.get().public_id,
    }
    return reverse(name, kwargs={wanted: known[wanted] for wanted in addresses.named()[name]})


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """The author's answered case and a trauma record of theirs; every test takes back what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = case_cast.cast(status=CaseStatus.APPROVED, approved_at=now())
        outcomes.plan(case=made.case, from_on=now().date())
        TraumaRecord.objects.create(author=made.people["author"], course=made.course, answers={"sex": "1"})
        yield made
        transaction.set_rollback(True)


def test_the_tables_name_every_address_of_outcomes_and_trauma() -> None:
    assert {*READ, *WRITE} == {name for name in addresses.of_project() if name.startswith(OURS)}


@pytest.mark.parametrize("name", READ)
def test_reading(cast: Cast, name: str) -> None:
    answers = {actor: visit(cast.browser(actor), "GET", address(cast, name)) for actor in ACTORS}
    assert {actor: status(answer) for actor, (answer, _) in answers.items()} == READ[name]
    assert [wrote for _, wrote in answers.values() if wrote] == []
    kept = {actor for actor, (answer, _) in answers.items() if "private" not in answer.headers["Cache-Control"]}
    assert kept == set()


@pytest.mark.parametrize("name", WRITE)
def test_writing(cast: Cast, name: str) -> None:
    answers = {actor: visit(cast.browser(actor), "POST", address(cast, name)) for actor in ACTORS}
    assert {actor: status(answer) for actor, (answer, _) in answers.items()} == WRITE[name]
    assert [wrote for answer, wrote in answers.values() if wrote and status(answer) in REFUSED] == []


@pytest.mark.parametrize("name", WRITE)
def test_writing_wants_the_token_of_our_page(cast: Cast, name: str) -> None:
    answer, wrote = visit(cast.browser("author", enforce_csrf_checks=True), "POST", address(cast, name))
    assert (status(answer), wrote) == ("403", [])


@pytest.mark.parametrize("name", sorted(set(READ) - set(WRITE)))
def test_what_is_read_takes_nothing(cast: Cast, name: str) -> None:
    assert status(visit(cast.browser("coordinator"), "POST", address(cast, name))[0]) == "405"
