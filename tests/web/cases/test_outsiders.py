"""Who is answered what at the addresses of cases; drafts and what was withdrawn are their author's alone."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import reverse

from courses.cases.models import CaseStatus
from tests import case_cast
from tests.answers import REFUSED, rows, status, visit
from tests.case_cast import ACTORS, Cast

pytestmark = pytest.mark.django_db

READ, WRITE = rows("cases-read", ACTORS), rows("cases-write", ACTORS)
KEY = UUID("0d6e9d6a-4f6f-4c52-8c9f-0b9a3b3a7a11")
ALONE = {"courses:case-offline", "courses:case-worker", "courses:case-list", "courses:case-create", "courses:case-save"}
OF_A_CASE = sorted({*READ, *WRITE} - ALONE)


def address(cast: Cast, name: str) -> str:
    if name == "courses:case-save":
        return reverse(name, kwargs={"key": KEY})
    if name == "courses:case-offline":
        return reverse(name, kwargs={"language": "es"})
    return reverse(name, kwargs={"case": cast.case.public_id} if name in OF_A_CASE else {})


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """One for the whole file; every test takes back what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield case_cast.cast()
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", READ)
def test_reading(cast: Cast, name: str) -> None:
    answers = {actor: visit(cast.browser(actor), "GET", address(cast, name)) for actor in ACTORS}
    assert {actor: status(answer) for actor, (answer, _) in answers.items()} == READ[name]
    assert [wrote for _, wrote in answers.values() if wrote] == []


@pytest.mark.parametrize("name", WRITE)
def test_writing(cast: Cast, name: str) -> None:
    answers = {actor: visit(cast.browser(actor), "POST", address(cast, name)) for actor in ACTORS}
    assert {actor: status(answer) for actor, (answer, _) in answers.items()} == WRITE[name]
    assert [wrote for answer, wrote in answers.values() if wrote and status(answer) in REFUSED] == []


@pytest.mark.parametrize("name", WRITE)
def test_writing_wants_the_token_of_our_page(cast: Cast, name: str) -> None:
    answer, wrote = visit(cast.browser("author", enforce_csrf_checks=True), "POST", address(cast, name))
    assert (status(answer), wrote) == ("403", [])


@pytest.mark.parametrize("kept", [CaseStatus.DRAFT, CaseStatus.WITHDRAWN])
def test_what_was_never_sent_or_was_taken_back_is_there_for_its_author_alone(cast: Cast, kept: CaseStatus) -> None:
    with transaction.atomic():
        type(cast.case).objects.filter(pk=cast.case.pk).update(status=kept)
        for name in OF_A_CASE:
            method = "GET" if name in READ else "POST"
            said = {actor: status(visit(cast.browser(actor), method, address(cast, name))[0]) for actor in ACTORS}
            others = {actor: answer for actor, answer in said.items() if actor != "author"}
            assert others == {actor: "login" if actor == "anon" else "404" for actor in others}, name
        transaction.set_rollback(True)


def test_a_script_is_told_to_sign_in_and_leads_nowhere(cast: Cast) -> None:
    headers = {"Accept": "application/json"}
    answer, wrote = visit(cast.browser("anon"), "POST", address(cast, "courses:case-save"), headers=headers)
    assert (answer.status_code, wrote) == (401, [])
