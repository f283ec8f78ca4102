"""Writing a review, approving it, and what became of its recommendations."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import TestCase

from accounts.models import Person
from courses.cases.actions import recommendations, reviews, summaries
from courses.cases.actions.recommendations import Conflict, Item, Written
from courses.cases.events import CaseApproved
from courses.cases.models import Adherence, Case, CaseReview, ReviewStatus
from shared.clock import now
from shared.errors import DomainError
from tests import case_factories
from tests.reviewing import WRITTEN, asked, code_of, ready
from web.bus import listen


@pytest.fixture
def review(db: None) -> CaseReview:
    return case_factories.review()


def test_a_review_is_begun_by_its_first_word_and_told_apart_by_revision(review: CaseReview) -> None:
    kept = recommendations.save(by=review.mentor, review=review, written=WRITTEN, revision=0, at=now())
    review.case.refresh_from_db()
    assert (kept.status, kept.revision, review.case.status) == ("under_review", 1, "under_review")
    again = recommendations.save(by=review.mentor, review=review, written=WRITTEN, revision=0, at=now())
    assert again.revision == 1
    other = Written(summary="Another window.")
    with pytest.raises(Conflict) as refused:
        recommendations.save(by=review.mentor, review=review, written=other, revision=0, at=now())
    assert refused.value.review.revision == 1
    assert recommendations.written_in(CaseReview.objects.get(pk=review.pk)) == WRITTEN
    fewer = Written(summary=WRITTEN.summary, items=(WRITTEN.items[1],))
    recommendations.save(by=review.mentor, review=review, written=fewer, revision=1, at=now())
    assert recommendations.written_in(CaseReview.objects.get(pk=review.pk)) == fewer


@pytest.mark.parametrize(
    "written",
    [
        Written(summary="x" * 601),
        Written(referral_where="x" * 121),
        Written(learning_points="x" * 2_001),
        Written(items=(Item("x" * 2_001),)),
        Written(items=(Item("x"),) * 31),
    ],
)
def test_there_are_limits(review: CaseReview, written: Written) -> None:
    given = {"by": review.mentor, "review": review, "written": written, "revision": 0}
    assert code_of(recommendations.save, **given) in ("review.too_long", "review.too_many")


def test_the_author_confirms_the_summary_they_were_shown(review: CaseReview) -> None:
    author = review.case.author
    kept = recommendations.save(by=review.mentor, review=review, written=WRITTEN, revision=0, at=now())
    assert code_of(summaries.confirm, by=author, review=kept, asked="") == "summary.forbidden"
    for _ in range(2):
        summaries.ask(by=review.mentor, review=kept, is_cleared=True, at=now())
    shown = asked(kept)
    changed = Written(summary="Another one. Quite another.", items=WRITTEN.items)
    recommendations.save(by=review.mentor, review=kept, written=changed, revision=1, at=now())
    summaries.ask(by=review.mentor, review=kept, is_cleared=True, at=now() + timedelta(minutes=1))
    assert code_of(summaries.confirm, by=author, review=kept, asked=shown) == "summary.changed"
    assert code_of(summaries.confirm, by=review.mentor, review=kept, asked=asked(kept)) == "summary.forbidden"
    summaries.confirm(by=author, review=kept, asked=asked(kept), at=now())
    kept.refresh_from_db()
    assert kept.summary_confirmed_at is not None
    assert [message.to for message in mail.outbox] == [[author.email]] * 2
    recommendations.save(by=review.mentor, review=kept, written=WRITTEN, revision=2, at=now())
    kept.refresh_from_db()
    assert (kept.summary_asked_at, kept.summary_confirmed_at) == (None, None)


def test_approving_answers_the_case_once(review: CaseReview) -> None:
    heard: list[str] = []
    listen(CaseApproved, lambda event: heard.append(event.case))
    Case.objects.filter(pk=review.case_id).update(due_at=now())
    kept = ready(review)
    mail.outbox.clear()
    with TestCase.captureOnCommitCallbacks(execute=True):
        for _ in range(2):
            reviews.approve(by=review.mentor, review=kept, is_cleared=False, at=now())
    case = Case.objects.get(pk=review.case_id)
    kept.refresh_from_db()
    assert (case.status, case.due_at, kept.status) == ("approved", None, "approved")
    assert case.approved_at == kept.approved_at
    assert heard == [case.public_id]
    assert [message.to for message in mail.outbox] == [[case.author.email]]


def test_a_second_mentor_adds_to_an_answered_case(review: CaseReview) -> None:
    other = reviews.take(by=case_factories.mentor(review.case.course), case=review.case, at=now())
    reviews.approve(by=review.mentor, review=ready(review), is_cleared=False, at=now())
    first_at = Case.objects.get(pk=review.case_id).approved_at
    reviews.approve(by=other.mentor, review=ready(other), is_cleared=False, at=now())
    case = Case.objects.get(pk=review.case_id)
    assert (case.status, case.approved_at) == ("approved", first_at)
    assert CaseReview.objects.filter(case=case, status=ReviewStatus.APPROVED).count() == 2


@pytest.mark.parametrize(
    ("urgency", "answer"),
    [("now", ""), ("day", ""), ("week", "review.summary.unconfirmed"), ("elective", "review.summary.unconfirmed")],
)
def test_only_what_is_due_within_a_day_goes_without_the_author(review: CaseReview, urgency: str, answer: str) -> None:
    Case.objects.filter(pk=review.case_id).update(urgency=urgency)
    kept = recommendations.save(by=review.mentor, review=review, written=WRITTEN, revision=0, at=now())
    if answer:
        assert code_of(reviews.approve, by=review.mentor, review=kept, is_cleared=False) == answer
    else:
        assert reviews.approve(by=review.mentor, review=kept, is_cleared=False, at=now()).approved_at


@pytest.mark.parametrize(("urgency", "answer"), [("now", ""), ("day", "review.questions_open")])
def test_an_open_question_holds_up_all_but_now(review: CaseReview, urgency: str, answer: str) -> None:
    Case.objects.filter(pk=review.case_id).update(urgency=urgency)
    case_factories.remark(case=review.case, author=review.mentor, kind="clarifying", text="Is there bile?")
    kept = recommendations.save(by=review.mentor, review=review, written=WRITTEN, revision=0, at=now())
    if answer:
        assert code_of(reviews.approve, by=review.mentor, review=kept, is_cleared=False) == answer
    else:
        assert reviews.approve(by=review.mentor, review=kept, is_cleared=False, at=now()).approved_at


def test_a_question_of_a_mentor_who_gave_it_back_holds_up_nobody(review: CaseReview) -> None:
    other = reviews.take(by=case_factories.mentor(review.case.course), case=review.case, at=now())
    case_factories.remark(case=review.case, author=other.mentor, kind="clarifying", text="Is there bile?")
    kept = ready(review)
    code = code_of(reviews.approve, by=review.mentor, review=kept, is_cleared=False)
    assert code == "review.questions_open"
    reviews.give_back(by=other.mentor, review=other, reason="I travel.", at=now())
    assert reviews.approve(by=review.mentor, review=kept, is_cleared=False, at=now()).approved_at


def test_identifiers_are_refused_until_somebody_says_they_are_none(review: CaseReview) -> None:
    named = Written(summary=WRITTEN.summary, items=(Item("Call Dr. María Quispe Huamán, DNI 45678912."),))
    kept = ready(review)
    kept = recommendations.save(by=review.mentor, review=kept, written=named, revision=kept.revision, at=now())
    with pytest.raises(DomainError) as refused:
        reviews.approve(by=review.mentor, review=kept, is_cleared=False, at=now())
    assert refused.value.code == "review.identifiers"
    assert "identity number" in refused.value.params["kinds"]
    assert reviews.approve(by=review.mentor, review=kept, is_cleared=True, at=now()).approved_at


def test_the_loop_is_closed_by_the_author(review: CaseReview) -> None:
    reviews.approve(by=review.mentor, review=ready(review), is_cleared=False, at=now())
    first = review.recommendations.order_by("position")[0]
    author = review.case.author

    def say(by: Person, done: Adherence, why: str = "") -> dict[str, Any]:
        return {"by": by, "recommendation": first, "done": done, "why": why, "is_cleared": False}

    assert code_of(recommendations.record_adherence, **say(review.mentor, Adherence.YES)) == "recommendation.forbidden"
    assert code_of(recommendations.record_adherence, **say(author, Adherence.NO)) == "recommendation.why.needed"
    named = say(author, Adherence.NO, "The family of María Quispe Huamán, DNI 45678912, went home.")
    assert code_of(recommendations.record_adherence, **named) == "recommendation.identifiers"
    said = recommendations.record_adherence(**say(author, Adherence.PARTLY, "No silo bag left."), at=now())
    assert (said.done, said.done_why) == ("partly", "No silo bag left.")
    same = recommendations.record_adherence(
        **say(author, Adherence.PARTLY, "No silo bag left."), at=now() + timedelta(days=1)
    )
    assert same.done_at == said.done_at
    assert recommendations.record_adherence(**say(author, Adherence.YES), at=now()).done == "yes"


def test_what_is_not_approved_has_no_loop_to_close(review: CaseReview) -> None:
    kept = recommendations.save(by=review.mentor, review=review, written=WRITTEN, revision=0, at=now())
    given = {"by": review.case.author, "recommendation": kept.recommendations.all()[0], "done": Adherence.YES}
    assert code_of(recommendations.record_adherence, **given, why="", is_cleared=False) == "recommendation.forbidden"
