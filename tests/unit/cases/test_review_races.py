"""People click at the same moment: one review each, one approval, one mail."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection

from courses.cases.actions import discussions, escalations
from courses.cases.actions import reviews as case_reviews
from courses.cases.models import Case, CaseReview, Notice, Remark, RemarkKind
from shared.clock import now
from tests import case_factories
from tests.reviewing import ready

pytestmark = pytest.mark.django_db(transaction=True)

T = TypeVar("T")
CROWD = 6


def together(act: Callable[[int], T]) -> list[T]:
    """What each of the crowd got, all having begun at once."""
    start = Barrier(CROWD)

    def run(number: int) -> T:
        start.wait()
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as crowd:
        return list(crowd.map(run, range(CROWD)))


def race() -> None:
    case = case_factories.case(urgency="now", due_at=now())
    mentor = case_factories.mentor(case.course)
    reviews = together(lambda _: case_reviews.take(by=mentor, case=case, at=now()).pk)
    assert len(set(reviews)) == CaseReview.objects.filter(case=case).count() == 1
    key, review = uuid4(), CaseReview.objects.select_related("case__author", "mentor").get()
    said = together(
        lambda _: (
            discussions.add(by=mentor, case=case, kind=RemarkKind.COMMENT, text="Warm and wet.", key=key, at=now()).pk
        )
    )
    assert len(set(said)) == Remark.objects.count() == 1
    assert len(mail.outbox) == Notice.objects.count() == 1
    late = now()
    together(lambda _: escalations.raise_overdue(late))
    assert len(mail.outbox) == Notice.objects.count()
    kept = ready(review)
    mail.outbox.clear()
    approved = together(lambda _: case_reviews.approve(by=mentor, review=kept, is_cleared=False, at=now()).approved_at)
    assert len(set(approved)) == 1
    assert Case.objects.get().approved_at == approved[0]
    assert [message.to for message in mail.outbox] == [[case.author.email]]


def test_what_is_clicked_together_happens_once() -> None:
    race()


@pytest.mark.services
def test_what_is_clicked_together_happens_once_on_postgresql() -> None:
    race()
