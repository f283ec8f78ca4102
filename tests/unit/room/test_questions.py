"""Questions: asking, voting, the moderator's queue, the answers, and what each person sees of it."""

from collections.abc import Callable
from typing import Any

import pytest

from livesessions.room import events
from livesessions.room.actions import answers, question_queue, questions, rooms, stage
from livesessions.room.actions.turns import Turn
from livesessions.room.models import Question, QuestionStatus, QuestionVote
from livesessions.room.queries import snapshots
from tests.room_cast import Cast, assemble


def ask(cast: Cast, name: str = "attendee", text: str = "why?") -> str:
    question: str = cast.do(questions.ask, name, text=text).extra["question"]
    return question


def approved(cast: Cast, name: str = "attendee") -> str:
    question = ask(cast, name)
    cast.do(question_queue.approve, "moderator", question=question)
    return question


def status(question: str) -> str:
    return Question.objects.get(public_id=question).status


def test_a_question_waits_at_the_desk(cast: Cast) -> None:
    question = ask(cast)
    state = cast.state()
    assert state["questions"] == [] and [q["id"] for q in state["desk"]["questions"]] == [question]
    assert cast.me("attendee")["questions"][0]["status"] == "pending"
    assert cast.me("other")["questions"] == []


@pytest.mark.parametrize(
    ("text", "code"), [("", "question.empty"), ("x" * 4001, "question.too_long"), ("\ud800", "text.invalid")]
)
def test_bad_texts(cast: Cast, refused: Any, text: str, code: str) -> None:
    assert refused(cast.do, questions.ask, "attendee", text=text) == code


def test_a_hold_parks_the_questions(cast: Cast, refused: Any) -> None:
    first = approved(cast)
    cast.do(stage.hold, "advocate")
    second = ask(cast, "other")
    cast.do(question_queue.approve, "moderator", question=second)
    assert refused(cast.do, answers.take, "mentor", question=first) == "stage.hold"
    cast.do(stage.resume, "surgeon")
    cast.do(answers.take, "mentor", question=first)
    assert status(first) == "taken"


def test_voting_twice_is_voting_once(cast: Cast) -> None:
    question = approved(cast)
    for _ in range(2):
        written = cast.do(questions.vote, "other", question=question)
        assert written.seq == cast.room.room_seq
    assert snapshots.tallies(cast.room) == {question: 1}
    assert cast.me("other")["votes"] == [question]
    for _ in range(2):
        cast.do(questions.unvote, "other", question=question)
    assert snapshots.tallies(cast.room) == {question: 0}


def test_voting_costs_three_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    question, room, member = approved(cast), rooms.for_session(cast.room.public_id), cast.member("other")
    assert room
    with django_assert_num_queries(3):
        questions.vote(Turn(room, member, cast.at), question=question)


def test_votes_are_news(cast: Cast, heard: Callable[..., list[Any]]) -> None:
    question = approved(cast)
    news = heard(events.TalliesChanged, cast.do, questions.vote, "other", question=question)
    assert news == [events.TalliesChanged(cast.room.public_id, cast.id("other"))]


def test_votes_that_do_not_count(cast: Cast, refused: Any) -> None:
    own, pending, elsewhere = approved(cast), ask(cast, "other"), approved(assemble())
    assert refused(cast.do, questions.vote, "attendee", question=own) == "question.own"
    assert refused(cast.do, questions.vote, "attendee", question=pending) == "question.pending"
    assert refused(cast.do, questions.vote, "attendee", question=elsewhere) == "question.unknown"
    cast.do(answers.answer, "mentor", question=own, mode="aloud")
    assert refused(cast.do, questions.vote, "other", question=own) == "question.closed"
    assert QuestionVote.objects.count() == 0


def test_only_the_asker_takes_it_back(cast: Cast, refused: Any) -> None:
    question = ask(cast)
    for outsider in ("other", "moderator"):
        assert refused(cast.do, questions.withdraw, outsider, question=question) == "forbidden"
    assert cast.do(questions.withdraw, "attendee", question=question).stream == "desk"
    cast.do(questions.withdraw, "attendee", question=question)
    assert [entry.kind for entry in cast.entries()] == ["question.asked", "question.withdrawn"]
    seen = approved(cast)
    assert cast.do(questions.withdraw, "attendee", question=seen).stream == "room"
    taken = approved(cast)
    cast.do(answers.take, "mentor", question=taken)
    assert refused(cast.do, questions.withdraw, "attendee", question=taken) == "question.taken"


@pytest.mark.parametrize("outsider", ["attendee", "mentor", "surgeon", "advocate"])
def test_the_queue_is_the_moderators(cast: Cast, refused: Any, outsider: str) -> None:
    question = ask(cast)
    for action, fields in (
        (question_queue.approve, {}),
        (question_queue.dismiss, {"reason": "no"}),
        (question_queue.merge, {"into": question}),
        (question_queue.assign, {"person": None}),
        (question_queue.pin, {"pinned": True}),
    ):
        assert refused(cast.do, action, outsider, question=question, **fields) == "forbidden"
    assert status(question) == "pending"


def test_the_advocate_and_attendees_do_not_answer(cast: Cast, refused: Any) -> None:
    question = approved(cast)
    for outsider in ("attendee", "trainee", "advocate"):
        assert refused(cast.do, answers.take, outsider, question=question) == "forbidden"
        assert refused(cast.do, answers.answer, outsider, question=question, mode="aloud") == "forbidden"


def test_dismissed_with_a_reason_and_let_in_after_all(cast: Cast, refused: Any) -> None:
    question = ask(cast)
    assert refused(cast.do, question_queue.dismiss, "moderator", question=question, reason=" ") == "reason.empty"
    cast.do(question_queue.dismiss, "moderator", question=question, reason="asked before")
    assert cast.me("attendee")["questions"][0]["reason"] == "asked before"
    cast.do(question_queue.approve, "moderator", question=question)
    assert cast.me("attendee")["questions"][0]["reason"] == ""
    assert refused(cast.do, question_queue.dismiss, "moderator", question=question, reason="no") == "question.approved"


def test_merging_unites_the_votes(cast: Cast) -> None:
    source, target = approved(cast, "attendee"), approved(cast, "other")
    for voter in ("other", "trainee", "mentor"):
        cast.do(questions.vote, voter, question=source)
    cast.do(questions.vote, "trainee", question=target)
    cast.do(question_queue.merge, "moderator", question=source, into=target)
    voters = set(QuestionVote.objects.filter(question__public_id=target).values_list("person__full_name", flat=True))
    assert voters == {"attendee", "trainee", "mentor"}, "each once, the asker of the target not at all"
    assert snapshots.tallies(cast.room) == {target: 3}
    fate = cast.me("attendee")["questions"][0]
    assert (fate["status"], fate["into"], cast.me("mentor")["votes"]) == ("merged", target, [target])
    cast.do(answers.answer, "surgeon", question=target, mode="text", text="Because.")
    assert cast.me("attendee")["questions"][0]["answer"]["text"] == "Because."


def test_merged_questions_follow_theirs(cast: Cast) -> None:
    first, second, third = approved(cast, "attendee"), approved(cast, "other"), approved(cast, "trainee")
    cast.do(question_queue.merge, "moderator", question=first, into=second)
    cast.do(question_queue.merge, "moderator", question=second, into=third)
    assert cast.me("attendee")["questions"][0]["into"] == third
    assert snapshots.tallies(cast.room) == {third: 2}


def test_merges_that_make_no_sense(cast: Cast, refused: Any) -> None:
    seen, pending = approved(cast), ask(cast, "other")
    assert refused(cast.do, question_queue.merge, "moderator", question=seen, into=seen) == "question.same"
    assert refused(cast.do, question_queue.merge, "moderator", question=seen, into=pending) == "question.pending"
    cast.do(question_queue.merge, "moderator", question=pending, into=seen)
    before = len(cast.entries())
    cast.do(question_queue.merge, "moderator", question=pending, into=seen)
    assert len(cast.entries()) == before
    assert refused(cast.do, question_queue.approve, "moderator", question=pending) == "question.closed"


def test_assigned_to_those_who_answer(cast: Cast, refused: Any) -> None:
    question = approved(cast)
    for nobody in ("attendee", "advocate"):
        code = refused(cast.do, question_queue.assign, "moderator", question=question, person=cast.id(nobody))
        assert code == "person.unknown"
    cast.do(question_queue.assign, "moderator", question=question, person=cast.id("mentor"))
    assert cast.last()["st"] == "desk"
    assert cast.state()["desk"]["assigned"] == {question: {"id": cast.id("mentor"), "name": "mentor"}}
    assert cast.state()["questions"][0]["assigned_to"] is None


def test_one_is_taken_at_a_time(cast: Cast) -> None:
    first, second = approved(cast, "attendee"), approved(cast, "other")
    cast.do(answers.take, "mentor", question=first)
    cast.do(answers.take, "surgeon", question=second)
    taken = Question.objects.get(status=QuestionStatus.TAKEN)
    assert taken.public_id == second
    back = Question.objects.get(public_id=first)
    assert (back.status, back.taken_at) == ("approved", None)


def test_answers(cast: Cast, refused: Any) -> None:
    question = approved(cast)
    answer = {"question": question}
    assert refused(cast.do, answers.answer, "mentor", **answer, mode="text", text=" ") == "answer.empty"
    assert refused(cast.do, answers.answer, "mentor", **answer, mode="text", text="x" * 4001) == "answer.too_long"
    assert refused(cast.do, answers.answer, "mentor", **answer, mode="sung") == "answer.mode"
    cast.do(answers.answer, "mentor", **answer, mode="text", text="Because.")
    by = {"id": cast.id("mentor"), "name": "mentor", "role": "mentor"}
    assert cast.me("attendee")["questions"][0]["answer"] == {"mode": "text", "text": "Because.", "by": by}
    assert refused(cast.do, answers.answer, "surgeon", **answer, mode="aloud") == "question.closed"


def test_one_sees_how_many_stand_before(cast: Cast) -> None:
    mine, theirs, third = ask(cast, "attendee"), approved(cast, "other"), approved(cast, "trainee")
    assert cast.me("attendee")["questions"][0]["before"] == 2
    cast.do(question_queue.approve, "moderator", question=mine)
    cast.do(question_queue.pin, "moderator", question=third, pinned=True)
    places = [cast.me(name)["questions"][0]["before"] for name in ("attendee", "other", "trainee")]
    assert places == [2, 1, 0]
    cast.do(answers.take, "mentor", question=theirs)
    assert cast.me("trainee")["questions"][0]["before"] == 1


def test_everybody_whose_state_changes_is_told(cast: Cast, heard: Callable[..., list[Any]]) -> None:
    first, second = approved(cast, "attendee"), approved(cast, "other")
    cast.do(questions.vote, "trainee", question=first)
    names = ("attendee", "other", "trainee", "mentor")
    for action, fields in (
        (question_queue.pin, {"question": second, "pinned": True}),
        (answers.take, {"question": first}),
        (question_queue.merge, {"question": second, "into": first}),
        (answers.answer, {"question": first, "mode": "aloud"}),
    ):
        before = {name: cast.me(name) for name in names}
        news = heard(events.JournalWritten, cast.do, action, "moderator", **fields)
        changed = {cast.id(name) for name in names if cast.me(name) != before[name]}
        assert changed and changed <= set(news[0].touches)
