"""The layer is a doorbell: lost, late, doubled or out of order, nobody misses an entry."""

import random
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer

from livesessions.realtime import hub
from livesessions.room.actions import chat, rooms
from livesessions.room.actions.turns import Turn
from livesessions.room.models import Room
from livesessions.room.queries import members
from shared.clock import now
from tests.realtime.conftest import Cast
from tests.realtime.peers import Peer

pytestmark = pytest.mark.django_db(transaction=True)


def _post_elsewhere(cast: Cast, text: str) -> None:
    """What another process does: commit, and here nobody hears of it."""
    room = rooms.for_session(cast.room)
    assert room is not None
    member = members.find(room=room, person=cast.people["beto"].public_id)
    assert member is not None
    chat.post(Turn(room, member, now()), text=text)


async def _texts(peer: Peer, count: int) -> list[str]:
    """The texts of the first so many chat entries, in the order they were heard."""
    texts: list[str] = []
    seen = 0
    while len(texts) < count:
        if seen == len(peer.heard):
            await peer.frame()
        frame, seen = peer.heard[seen], seen + 1
        texts += [entry["d"]["text"] for entry in frame.get("ev", [])]
    return texts


async def test_a_lost_ring_is_found_by_comparing_counters(
    stage: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ROOM_SYNC_SECONDS = 0.05
    ana = await stage.enter("ana")
    monkeypatch.setattr(hub.Hub, "hear", lambda *args, **kwargs: None)
    await sync_to_async(_post_elsewhere)(stage, "nobody rang")
    assert await _texts(ana, 1) == ["nobody rang"]


async def test_a_newcomer_who_knows_more_than_this_process_goes_on_from_there(
    stage: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ROOM_SYNC_SECONDS = 3600
    beto = await stage.enter("beto")
    monkeypatch.setattr(hub.Hub, "hear", lambda *args, **kwargs: None)
    await sync_to_async(_post_elsewhere)(stage, "heard from the process that died")
    ana = await stage.connect("ana")
    ok = await ana.hello(epoch=hub.hub().rooms[stage.room].epoch, since={"room": 1})
    assert (ok["mode"], ok["top"]) == ("replay", {"room": 1})
    assert await _texts(beto, 1) == ["heard from the process that died"]
    await sync_to_async(_post_elsewhere)(stage, "the next one")
    hub.hub().rooms[stage.room].heal()
    assert await _texts(ana, 1) == ["the next one"]


async def test_a_hole_is_read_from_the_journal(stage: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOM_SYNC_SECONDS = 3600
    ana = await stage.enter("ana")
    with monkeypatch.context() as deaf:
        deaf.setattr(hub.Hub, "hear", lambda *args, **kwargs: None)
        await sync_to_async(_post_elsewhere)(stage, "one")
        await sync_to_async(_post_elsewhere)(stage, "two")
    await sync_to_async(_post_elsewhere)(stage, "three")
    assert await _texts(ana, 3) == ["one", "two", "three"]


async def test_rings_in_any_order_and_twice(stage: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOM_SYNC_SECONDS = 3600
    ana = await stage.enter("ana")
    items: list[dict[str, Any]] = []
    with monkeypatch.context() as deaf:
        deaf.setattr(hub.Hub, "hear", lambda self, room, item: items.append(item))
        for n in range(20):
            await sync_to_async(_post_elsewhere)(stage, str(n))
    entries = [item for item in items if item["what"] == "entry"] * 2
    random.Random(7).shuffle(entries)
    for item in entries:
        hub.hub().hear(stage.room, item)
    assert await _texts(ana, 20) == [str(n) for n in range(20)]
    seqs = [e["seq"] for f in ana.heard for e in f.get("ev", [])]
    assert seqs == list(range(1, 21))


async def test_a_layer_that_is_away_delays_nothing_here(stage: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ana, beto = await stage.enter("ana"), await stage.enter("beto")
    layer = get_channel_layer()

    async def away(*args: Any) -> None:
        raise ConnectionError("the layer is away")

    monkeypatch.setattr(layer, "group_send", away)
    monkeypatch.setattr(hub.hub().doorbell, "is_alone", False)
    assert "ok" in await ana.do("chat.post", text="still here")
    assert await _texts(beto, 1) == ["still here"]


async def test_another_epoch_sends_everybody_back_for_a_snapshot(stage: Cast, settings: Any) -> None:
    settings.ROOM_SYNC_SECONDS = 0.05
    ana = await stage.enter("ana")
    await Room.objects.filter(public_id=stage.room).aupdate(epoch="restored")
    assert await ana.closed() == 4001
    again = await stage.connect("ana")
    ok = await again.hello(epoch="before", since={"room": 0})
    assert (ok["mode"], ok["epoch"]) == ("snapshot", "restored")


async def test_a_ring_nobody_understands_does_not_deafen_the_hub(stage: Cast) -> None:
    ana = await stage.enter("ana")
    beto = await stage.enter("beto")
    for item in ({}, {"what": "entry"}, {"what": "from a newer process"}):
        hub.hub().hear(stage.room, item)
    await beto.do("chat.post", text="still here")
    assert await _texts(ana, 1) == ["still here"]
