"""Who is answered what at the addresses of reviews, of the discussion and of the queue."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from courses.cases.models import CaseReview, CaseStatus, Recommendation, ReviewStatus
from shared.clock import now
from tests import case_cast, case_factories
from tests.answers import REFUSED, rows, status, visit
from tests.case_cast import ACTORS, Cast

pytestmark = pytest.mark.django_db

READ, WRITE = rows("reviews-read", ACTORS), rows("reviews-write", ACTORS)
ALONE = {"courses:queue-show", "courses:notice-preferences"}
OF_A_CASE = {"courses:discussion-show", "courses:review-assign", "courses:review-take"}
ANSWERED = {"courses:recommendation-done"}


def address(cast: Cast, name: str) -> str:
    if name in ALONE:
        return reverse(name)
    kwargs = {"case": cast.case.public_id}
    if name in ANSWERED:
        kwargs["recommendation"] = Recommendation.objects.get(review=cast.review).public_id
    elif name not in OF_A_CASE:
        kwargs["review"] = cast.review.public_id
    return reverse(name, kwargs=kwargs)


@pytest.fixture(scope="module")
def casts(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Cast, Cast]]:
    """A case under review, its summary shown to the author, and an answered one; every test takes back what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        open_one, answered = case_cast.cast(), case_cast.cast(status=CaseStatus.APPROVED)
        shown = {"summary": "A newborn. Which closure?", "summary_asked_at": now()}
        CaseReview.objects.filter(pk=open_one.review.pk).update(**shown)
        CaseReview.objects.filter(pk=answered.review.pk).update(status=ReviewStatus.APPROVED, approved_at=now())
        Recommendation.objects.create(review=answered.review, text="Reduce the silo every day.")
        yield open_one, answered
        transaction.set_rollback(True)


def everybody(casts: tuple[Cast, Cast], method: str, name: str) -> dict[str, Any]:
    cast = casts[name in ANSWERED]
    return {actor: visit(cast.browser(actor), method, address(cast, name)) for actor in ACTORS}


@pytest.mark.parametrize("name", READ)
def test_reading(casts: tuple[Cast, Cast], name: str) -> None:
    answers = everybody(casts, "GET", name)
    assert {actor: status(answer) for actor, (answer, _) in answers.items()} == READ[name]
    assert [wrote for _, wrote in answers.values() if wrote] == []


@pytest.mark.parametrize("name", WRITE)
def test_writing(casts: tuple[Cast, Cast], name: str) -> None:
    answers = everybody(casts, "POST", name)
    assert {actor: status(answer) for actor, (answer, _) in answers.items()} == WRITE[name]
    assert [wrote for answer, wrote in answers.values() if wrote and status(answer) in REFUSED] == []


@pytest.mark.parametrize("name", WRITE)
def test_writing_wants_the_token_of_our_page(casts: tuple[Cast, Cast], name: str) -> None:
    cast = casts[name in ANSWERED]
    answer, wrote = visit(cast.browser("reviewer", enforce_csrf_checks=True), "POST", address(cast, name))
    assert (status(answer), wrote) == ("403", [])


@pytest.mark.parametrize("name", sorted({*READ, *WRITE} - ALONE - OF_A_CASE))
def test_a_review_is_not_there_under_another_case(casts: tuple[Cast, Cast], name: str) -> None:
    case, other = case_factories.case(), casts[name in ANSWERED]
    moved = address(other, name).replace(other.case.public_id, case.public_id)
    method = "GET" if name in READ else "POST"
    answer, wrote = visit(other.browser("coordinator"), method, moved)
    assert (status(answer), wrote) == ("404", [])
