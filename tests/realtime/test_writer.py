"""The writer's faults: one command's does not harm its neighbours, the database's is told as what may pass."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError

from livesessions.models import ChatMessage, Receipt
from livesessions.realtime import hub, writer
from livesessions.realtime.commands import COMMANDS, Command
from tests.realtime.conftest import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def _failing(error: Exception, text: str) -> Callable[..., Any]:
    """chat.post, but for this one text."""
    post = COMMANDS["chat.post"].handler

    def handler(context: Any, do: Any) -> Any:
        written = post(context, do)
        if do.text == text:
            raise error
        return written

    return handler


def _replace(monkeypatch: pytest.MonkeyPatch, error: Exception, text: str) -> None:
    known = COMMANDS["chat.post"]
    failing = Command("chat.post", known.fields, _failing(error, text), known.limit)
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


def _frame(n: int) -> str:
    return f'{{"id": {50 + n}, "do": "chat.post", "cid": "{uuid4()}", "text": "{n}"}}'
