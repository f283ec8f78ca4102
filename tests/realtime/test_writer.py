"""The writer's faults: one command's does not harm its neighbours, the database's is told as what may pass."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from django.conf import settings
from django.db import IntegrityError, OperationalError, connection
from django.test.utils import CaptureQueriesContext

from livesessions.realtime import hub, writer
from livesessions.realtime.commands import COMMANDS
from livesessions.room.actions import batches
from livesessions.room.actions.turns import Turn
from livesessions.room.models import ChatMessage, JournalEntry, QuestionVote, Receipt, Room
from livesessions.room.queries.members import Member
from shared.clock import now
from shared.errors import DomainError
from tests.realtime.conftest import Cast

pytestmark = pytest.mark.django_db(transaction=True)
STATEMENTS, IN_WORDS = 6, "six"  # of a batch: how many, and how the texts say it


def _failing(error: Exception, text: str) -> Callable[..., Any]:
    """chat.post, but for this one text."""
    post = COMMANDS["chat.post"].handler

    def handler(turn: Turn, do: Any) -> Any:
        written = post(turn, do)
        if do.text == text:
            raise error
        return written

    return handler


def _replace(monkeypatch: pytest.MonkeyPatch, error: Exception, text: str, *, is_light: bool = True) -> None:
    failing = replace(COMMANDS["chat.post"], handler=_failing(error, text), is_light=is_light)
    monkeypatch.setitem(COMMANDS, "chat.post", failing)


@pytest.mark.parametrize("error", [IntegrityError("a constraint"), ValueError("a fault of ours")])
async def test_a_fault_of_one_command_leaves_nothing_and_harms_nobody(
    stage: Cast, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    _replace(monkeypatch, error, "bad")
    ana = await stage.enter("ana")
    for n, text in enumerate(("one", "bad", "two")):
        await ana.send({"id": 50 + n, "do": "chat.post", "cid": str(uuid4()), "text": text})
    replies: dict[int, Any] = {}
    while len(replies) < 3:
        frame = await ana.frame()
        if "re" in frame:
            replies[frame["re"]] = frame
    assert replies[51]["err"] == {"code": "internal", "retry": False, "after_ms": 0}
    assert [replies[n]["ok"]["seq"] for n in (50, 52)] == [1, 2]
    assert await ChatMessage.objects.acount() == await Receipt.objects.acount() == 2


async def test_a_refused_command_among_gathered_ones_takes_only_its_own_rows_back(
    stage: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One batch: a message, a command with a savepoint that fails after it wrote, another message."""
    _replace(monkeypatch, ValueError("a fault of ours"), "bad", is_light=False)
    await stage.enter("ana")
    posts = [_post(stage, text) for text in ("one", "bad", "two")]
    light = replace(COMMANDS["chat.post"], is_light=True)
    jobs = [replace(job, command=light) if n != 1 else job for n, job in enumerate(posts)]
    one, bad, two = await hub.hub().commits.run(writer.commit, jobs)
    assert (one["seq"], two["seq"]) == (1, 2)
    assert isinstance(bad, ValueError)
    entries = [(entry.seq, msgspec.json.decode(entry.wire)["d"]["text"]) async for entry in JournalEntry.objects.all()]
    assert entries == [(1, "one"), (2, "two")]
    assert await Receipt.objects.acount() == 2
    assert (await Room.objects.aget()).room_seq == 2


async def test_the_same_command_twice_in_one_batch_is_done_once(stage: Cast) -> None:
    await stage.enter("ana")
    job = _post(stage, "once")
    other = replace(job, payload=b"another")
    first, again, conflict = await hub.hub().commits.run(writer.commit, [job, job, other])
    assert first == again
    assert isinstance(conflict, DomainError) and conflict.code == "cid.conflict"
    assert await JournalEntry.objects.acount() == 1


@pytest.mark.parametrize("size", [1, 3, 30])
async def test_messages_of_one_batch_share_its_statements(stage: Cast, size: int) -> None:
    """The room, the receipts; the counters, the entries, the messages, the receipts; and BEGIN where it is told."""
    await stage.enter("ana")
    jobs = [_post(stage, str(n)) for n in range(size)]

    def counted() -> list[Any]:
        with CaptureQueriesContext(connection) as queries:
            answers = writer.commit(jobs)
        statements = [q["sql"] for q in queries if not q["sql"].startswith(("BEGIN", "COMMIT"))]
        assert len(statements) == STATEMENTS, statements
        return answers

    answers = await hub.hub().commits.run(counted)
    assert [answer["seq"] for answer in answers] == list(range(1, size + 1))
    assert f"takes {IN_WORDS} in all" in (batches.__doc__ or "")
    assert f"cost the same {IN_WORDS} statements" in (settings.BASE_DIR / "docs" / "architecture.md").read_text()


async def test_votes_of_one_batch_share_an_insert_and_a_double_one_counts_once(stage: Cast) -> None:
    ana, moderator = await stage.enter("ana"), await stage.enter("moderator")
    question = (await ana.do("question.ask", text="Why?"))["ok"]["question"]
    await moderator.do("question.approve", question=question)
    (member,) = (s.member for s in hub.hub().rooms[stage.room].sockets if s.member.is_staff)
    jobs = [_job(stage, member, "question.vote", question=question) for _ in range(3)]

    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert all("seq" in answer for answer in writer.commit(jobs))
        return sum("questionvote" in q["sql"] for q in queries if q["sql"].startswith("INSERT"))

    assert await hub.hub().commits.run(counted) == 1
    assert await QuestionVote.objects.acount() == 1


async def test_a_database_that_is_away_is_told_as_what_may_pass(stage: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = await stage.enter("ana")
    cid = str(uuid4())
    with monkeypatch.context() as away:
        _replace(away, OperationalError("the server closed the connection"), "hi")
        assert (await ana.do("chat.post", cid=cid, text="hi"))["err"] == {
            "code": "unavailable",
            "retry": True,
            "after_ms": 1000,
        }
        for _ in range(20):  # trying again costs nothing, however often: it is no fault of hers
            assert (await ana.do("chat.post", cid=cid, text="hi"))["err"]["code"] == "unavailable"
    assert "ok" in await ana.do("chat.post", cid=cid, text="hi")
    assert await ChatMessage.objects.acount() == 1


async def test_what_queues_while_one_batch_commits_shares_the_next(
    stage: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await stage.enter("ana")
    sizes: list[int] = []

    def counting(jobs: list[writer.Job]) -> Any:
        sizes.append(len(jobs))
        return writer.commit(jobs)

    monkeypatch.setattr(hub.hub().writer, "_work", counting)
    replies = [ana.socket.send_to(text_data=_frame(n)) for n in range(10)]
    await asyncio.gather(*replies)
    while sum("ok" in frame and frame["re"] >= 50 for frame in ana.heard) < 10:
        await ana.frame()
    assert sum(sizes) == 10
    assert len(sizes) < 10


def _post(stage: Cast, text: str) -> writer.Job:
    member = next(iter(hub.hub().rooms[stage.room].sockets)).member
    return _job(stage, member, "chat.post", text=text)


def _job(stage: Cast, member: Member, do: str, **fields: str) -> writer.Job:
    known = COMMANDS[do]
    payload = msgspec.json.encode(fields)
    return writer.Job(
        hub.hub().rooms[stage.room].pk, member, known, msgspec.convert(fields, known.fields), uuid4(), payload, now()
    )


def _frame(n: int) -> str:
    return f'{{"id": {50 + n}, "do": "chat.post", "cid": "{uuid4()}", "text": "{n}"}}'
