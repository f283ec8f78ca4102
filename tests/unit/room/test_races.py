"""Several processes change one room at once: numbers without holes, one question taken, votes counted once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from livesessions.room.actions import answers, chat, question_queue, questions, rooms
from livesessions.room.actions.turns import Turn
from livesessions.room.models import JournalEntry, Question, QuestionVote
from livesessions.room.queries.members import Member
from tests.room_cast import Cast, assemble

THREADS = 4


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return assemble()


def at_once(cast: Cast, commands: list[tuple[Callable[..., Any], Member, dict[str, Any]]]) -> None:
    """Give each command in a thread and transaction of its own, all begun together."""
    start = Barrier(len(commands), timeout=20)

    def give(action: Callable[..., Any], member: Member, fields: dict[str, Any]) -> None:
        try:
            start.wait()
            with transaction.atomic():
                action(Turn(rooms.locked(cast.room_pk), member, cast.at), **fields)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(commands)) as pool:
        for done in [pool.submit(give, *command) for command in commands]:
            done.result(timeout=30)


def test_numbers_have_no_holes(cast: Cast) -> None:
    member = cast.member("attendee")
    for _ in range(3):
        at_once(cast, [(chat.post, member, {"text": f"message {n}"}) for n in range(THREADS)])
    seqs = list(JournalEntry.objects.order_by("pk").values_list("seq", flat=True))
    assert seqs == list(range(1, 3 * THREADS + 1)), "in the order of writing, too"
    assert cast.room.room_seq == 3 * THREADS


def test_one_question_is_taken(cast: Cast) -> None:
    public_ids = [cast.do(questions.ask, "attendee", text="why?").extra["question"] for _ in range(THREADS)]
    for question in public_ids:
        cast.do(question_queue.approve, "moderator", question=question)
    member = cast.member("mentor")
    at_once(cast, [(answers.take, member, {"question": question}) for question in public_ids])
    last = cast.last()["d"]["id"]
    assert Question.objects.get(status="taken").public_id == last


def test_one_vote_each(cast: Cast) -> None:
    question = cast.do(questions.ask, "attendee", text="why?").extra["question"]
    cast.do(question_queue.approve, "moderator", question=question)
    member = cast.member("other")
    at_once(cast, [(questions.vote, member, {"question": question})] * THREADS)
    assert QuestionVote.objects.count() == 1
