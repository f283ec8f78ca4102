"""The discussion of a case: who asks, who answers, who hears of it, and what may not be said."""

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Person
from courses.cases.actions import discussions, reviews
from courses.cases.models import Case, CaseReview, CaseStatus, Remark, RemarkKind
from courses.cases.queries.discussions import threads
from courses.cases.rules import discussions as rules
from shared.clock import now
from shared.errors import DomainError
from tests import case_factories, factories

NAMED = "She is María Quispe Huamán, DNI 45678912."


@pytest.fixture
def review(db: None) -> CaseReview:
    return case_factories.review()


def say(by: Person, case: Case, text: str = "Is there bile?", **more: Any) -> Remark:
    fields = {"kind": RemarkKind.COMMENT, "key": uuid4(), "at": now()} | more
    return discussions.add(by=by, case=case, text=text, **fields)


def code_of(by: Person, case: Case, text: str = "Is there bile?", **more: Any) -> str:
    with pytest.raises(DomainError) as refused:
        say(by, case, text, **more)
    return refused.value.code


@given(st.text(max_size=40), st.integers(0, 4_100))
def test_a_text_is_judged_by_what_is_left_without_outer_space(text: str, more: int) -> None:
    whole = text + "x" * more
    expected = "remark.empty" if not whole.strip() else "remark.too_long" if len(whole.strip()) > 4_000 else ""
    assert rules.problem(f"  {whole}\n") == expected


def test_a_mentor_asks_the_author_answers_and_each_hears_of_it(review: CaseReview) -> None:
    case, mentor, author = review.case, review.mentor, review.case.author
    question = say(mentor, case, kind=RemarkKind.CLARIFYING)
    answer = say(author, case, "No bile so far.", parent=question)
    question.refresh_from_db()
    assert (answer.kind, question.answered_at) == (RemarkKind.ANSWER, answer.at)
    assert [message.to for message in mail.outbox] == [[author.email], [mentor.email]]
    later = say(author, case, "Since today there is.", parent=question)
    question.refresh_from_db()
    assert (later.kind, question.answered_at) == (RemarkKind.ANSWER, answer.at)


def test_only_the_author_answers_a_question(review: CaseReview) -> None:
    question = say(review.mentor, review.case, kind=RemarkKind.CLARIFYING)
    other = case_factories.mentor(review.case.course)
    reply = say(other, review.case, "I would ask that too.", parent=question)
    question.refresh_from_db()
    assert (reply.kind, question.answered_at) == (RemarkKind.COMMENT, None)


def test_only_who_has_the_case_asks(review: CaseReview) -> None:
    for who in (review.case.author, case_factories.mentor(review.case.course), factories.coordinator()):
        assert code_of(who, review.case, kind=RemarkKind.CLARIFYING) == "remark.ask_forbidden"
    reviews.give_back(by=review.mentor, review=review, reason="I travel.", at=now())
    assert code_of(review.mentor, review.case, kind=RemarkKind.CLARIFYING) == "remark.ask_forbidden"


def test_outsiders_and_trainees_write_nothing(review: CaseReview) -> None:
    case = review.case
    for who in (
        factories.person(),
        case_factories.trainee(case.course),
        case_factories.mentor(factories.course()),
    ):
        assert code_of(who, case) == "discussion.forbidden"
    Case.objects.filter(pk=case.pk).update(status=CaseStatus.SENT_BACK, released_at=None, released_by=None)
    assert code_of(case.author, case) == "discussion.forbidden"
    assert not Remark.objects.exists()


def test_the_same_remark_sent_twice_is_one(review: CaseReview) -> None:
    key = uuid4()
    first = say(review.mentor, review.case, key=key)
    assert say(review.mentor, review.case, "Something else", key=key) == first
    assert say(review.case.author, review.case, key=key) != first
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(("text", "code"), [(" \n", "remark.empty"), ("x" * 4_001, "remark.too_long")])
def test_texts_have_limits(review: CaseReview, text: str, code: str) -> None:
    assert code_of(review.mentor, review.case, text) == code


def test_identifiers_are_refused_until_somebody_says_they_are_none(review: CaseReview) -> None:
    with pytest.raises(DomainError) as refused:
        say(review.mentor, review.case, NAMED)
    assert (refused.value.code, refused.value.field) == ("remark.identifiers", "text")
    assert {"a name", "an identity number"} <= set(refused.value.params["kinds"].split(", "))
    assert mail.outbox == []
    assert say(review.mentor, review.case, NAMED, is_cleared=True).text == NAMED


def test_a_reply_belongs_to_the_first_of_its_thread_and_to_its_case(review: CaseReview) -> None:
    first = say(review.mentor, review.case)
    reply = say(review.case.author, review.case, "Yes.", parent=first)
    deeper = say(review.mentor, review.case, "Good.", parent=reply)
    assert deeper.parent == first
    elsewhere = case_factories.remark()
    assert code_of(review.mentor, review.case, parent=elsewhere) == "discussion.forbidden"


def test_everybody_who_takes_part_hears_of_a_comment_but_its_writer(review: CaseReview) -> None:
    case = review.case
    wrote, gone = case_factories.mentor(case.course), case_factories.mentor(case.course)
    for who in (wrote, gone):
        say(who, case)
    gone.team_roles.all().delete()
    mail.outbox.clear()
    say(case.author, case, "Thank you all.")
    assert sorted(message.to[0] for message in mail.outbox) == sorted([review.mentor.email, wrote.email])


def test_open_questions_stand_first(review: CaseReview) -> None:
    comment = say(review.case.author, review.case)
    answered = say(review.mentor, review.case, kind=RemarkKind.CLARIFYING)
    say(review.case.author, review.case, "Yes.", parent=answered)
    waiting = say(review.mentor, review.case, kind=RemarkKind.CLARIFYING)
    found = threads(review.case)
    assert [thread.first for thread in found] == [waiting, comment, answered]
    assert [len(thread.replies) for thread in found] == [0, 0, 1]
