"""A client that confirms nothing is sent its budget and no more; the others notice nothing."""

import asyncio
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from livesessions.realtime import hub, sockets
from livesessions.realtime.consumers import room_consumer
from livesessions.realtime.protocol import Close
from tests.realtime.conftest import Cast
from tests.realtime.peers import Peer

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "x" * 3000


async def _fill(author: Peer, count: int) -> None:
    for n in range(count):
        assert "ok" in await author.do("chat.post", text=f"{n} {TEXT}")


def _seqs(peer: Peer) -> list[int]:
    return [entry["seq"] for frame in peer.heard for entry in frame.get("ev", [])]


async def _drain(peer: Peer) -> None:
    """Read until nothing more comes."""
    while not await peer.socket.receive_nothing(0.2):
        await peer.frame()


async def test_the_journal_is_the_queue_of_who_is_behind(stage: Cast, settings: Any) -> None:
    settings.ROOM_BUDGET_BYTES = 16_000
    slow, author = await stage.enter("ana"), await stage.enter("beto")
    await _fill(author, 10)
    await author.send({"do": "beat", "seen": {"room": 10}})
    await _drain(slow)
    got = _seqs(slow)
    assert got == list(range(1, len(got) + 1))
    assert 3 <= len(got) < 10
    while len(_seqs(slow)) < 10:
        await slow.send({"do": "beat", "seen": {"room": _seqs(slow)[-1]}})
        await slow.frame()
        await _drain(slow)
    assert _seqs(slow) == list(range(1, 11))


async def test_memory_does_not_grow_with_a_slow_reader(stage: Cast, settings: Any) -> None:
    settings.ROOM_BUDGET_BYTES = 8_000
    await stage.enter("ana")
    author = await stage.enter("beto")
    await _fill(author, 9)
    room = hub.hub().rooms[stage.room]
    (slow,) = room.by_person[stage.people["ana"].public_id]
    assert slow.budget.unconfirmed < 8_000 + 2 * len(TEXT) + 1000


async def test_who_makes_no_progress_is_closed(stage: Cast, settings: Any) -> None:
    settings.ROOM_BUDGET_BYTES = 4_000
    settings.ROOM_STALL_SECONDS = 0.05
    slow, author = await stage.enter("ana"), await stage.enter("beto")
    await _fill(author, 3)
    assert await slow.closed() == 4004


async def test_who_asks_without_reading_is_closed(stage: Cast, settings: Any) -> None:
    settings.ROOM_BUDGET_BYTES = 4_000
    slow, author = await stage.enter("ana"), await stage.enter("beto")
    await _fill(author, 9)
    await author.send({"do": "beat", "seen": {"room": 9}})
    for n in range(3):
        await slow.send({"id": 50 + n, "do": "history", "st": "room", "since": 0})
    assert await slow.closed() == 4004
    assert sum("entries" in frame.get("ok", {}) for frame in slow.heard) == 1
    assert "ok" in await author.do("chat.post", text="the others go on")


async def test_a_replay_starts_small_and_grows(stage: Cast) -> None:
    author = await stage.connect("beto")
    epoch = (await author.hello())["epoch"]
    settings_free_text = "y" * 300
    for peer_name in ("ana", "beto", "trainee"):
        peer = author if peer_name == "beto" else await stage.enter(peer_name)
        for _ in range(10):
            assert "ok" in await peer.do("chat.post", text=settings_free_text)
    late = await stage.connect("ana")
    await late.hello(epoch=epoch, since={"room": 0})
    await _drain(late)
    sizes = [len(frame["ev"]) for frame in late.heard if "ev" in frame]
    assert sum(sizes) == 30
    assert sizes[0] <= 8
    assert sizes[1] > sizes[0]
    assert _seqs(late) == list(range(1, 31))


async def test_a_server_that_holds_frames_back_stops_nobody_else(stage: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """As uvicorn does when the other end has stopped reading: `send` does not return."""
    monkeypatch.setattr(sockets, "_GOODBYE_SECONDS", 0.05)
    ticket = await sync_to_async(stage.ticket)("ana")
    inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)
        if len(sent) > 3:  # accept, hello, the first sums
            await asyncio.Event().wait()

    scope = {
        "type": "websocket",
        "path": f"/ws/rooms/{stage.room}/",
        "query_string": f"ticket={ticket}".encode(),
        "headers": [],
        "subprotocols": ["anfiteatro.v1"],
        "url_route": {"kwargs": {"room": stage.room}},
    }
    running = asyncio.create_task(room_consumer(scope, inbox.get, send))
    inbox.put_nowait({"type": "websocket.connect"})
    inbox.put_nowait({"type": "websocket.receive", "text": '{"id": 1, "do": "hello", "device": "d"}'})
    beto = await stage.enter("beto")
    while len(sent) < 4:
        assert "ok" in await beto.do("chat.post", text="on and on")
    (stuck,) = hub.hub().rooms[stage.room].by_person[stage.people["ana"].public_id]
    stuck.close(Close.TOO_SLOW)
    await asyncio.wait_for(running, 5)
    assert stage.people["ana"].public_id not in hub.hub().rooms[stage.room].by_person
    assert "ok" in await beto.do("chat.post", text="nobody else noticed")
