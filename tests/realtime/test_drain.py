"""Leaving well: everybody hears bye, what was being committed is committed."""

import asyncio
from uuid import uuid4

import pytest

from livesessions.attendance.models import PresenceSpan
from livesessions.realtime import hub
from livesessions.room.models import ChatMessage
from tests.realtime.conftest import Cast
from tests.realtime.peers import Closed

pytestmark = pytest.mark.django_db(transaction=True)


async def test_everybody_hears_bye_with_a_delay_of_their_own(stage: Cast) -> None:
    peers = [await stage.enter(who) for who in ("ana", "beto", "trainee", "moderator")]
    await hub.hub().drain()
    delays = []
    for peer in peers:
        assert await peer.closed() == 4001
        byes = [frame["bye"] for frame in peer.heard if "bye" in frame]
        assert [bye["why"] for bye in byes] == ["restart"]
        delays.append(byes[0]["after_ms"])
    assert all(0 <= delay <= 10_000 for delay in delays)
    assert len(set(delays)) > 1


async def test_what_is_committed_is_answered_and_the_rest_is_not(stage: Cast) -> None:
    ana = await stage.enter("ana")
    for n in range(5):
        await ana.send({"id": 50 + n, "do": "chat.post", "cid": str(uuid4()), "text": str(n)})
    while not hub.hub().writer.is_busy:
        await asyncio.sleep(0)
    await hub.hub().drain()
    assert await ana.closed() == 4001
    answered = [frame["re"] for frame in ana.heard if frame.get("re", 0) >= 50]
    assert answered
    assert await ChatMessage.objects.acount() == len(answered)
    assert await PresenceSpan.objects.filter(ended_at=None).acount() == 0


async def test_nobody_new_is_let_in(stage: Cast) -> None:
    await stage.enter("ana")
    await hub.hub().drain()
    peer = await stage.connect("beto")
    with pytest.raises(Closed) as end:
        await peer.frame()
    assert end.value.code == 4001


async def test_a_layer_that_swallows_a_cancellation_does_not_hold_the_hub(
    stage: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    swallowed: list[str] = []

    async def listen(self: hub.Hub) -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            if swallowed:
                raise
            swallowed.append("taken for a timeout")

    monkeypatch.setattr(hub.Hub, "_listen", listen)
    await stage.enter("ana")
    await hub.close()
    assert swallowed
