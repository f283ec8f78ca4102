"""hello: who gets in, what the answer holds, and resuming whole or not at all."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings

from livesessions.realtime import hub
from livesessions.room import tickets
from livesessions.room.models import Room
from livesessions.room.queries.members import Member
from tests.realtime import peers
from tests.realtime.conftest import Cast
from tests.realtime.peers import Closed

pytestmark = pytest.mark.django_db(transaction=True)


async def test_the_answer_has_what_a_client_needs(stage: Cast) -> None:
    peer = await stage.connect("ana")
    ok = await peer.hello()
    assert ok["mode"] == "snapshot"
    assert ok["top"] == {"room": 0}
    assert set(ok["snapshot"]) >= {"stage", "chat", "questions", "polls", "presence", "tallies"}
    assert ok["snapshot"]["stage"] == "live"
    assert ok["me"]["name"] == "Ana"
    assert "chat.post" in ok["can"]
    assert "stage.end" not in ok["can"]
    assert (ok["ping_ms"], ok["beat_ms"]) == (20_000, 25_000)


async def test_only_staff_are_told_of_the_desk(stage: Cast) -> None:
    moderator = await stage.connect("moderator")
    ok = await moderator.hello()
    assert ok["top"] == {"room": 0, "desk": 0}
    assert ok["snapshot"]["desk"]["questions"] == []
    ana = await stage.connect("ana")
    assert "desk" not in (await ana.hello())["snapshot"]


async def test_a_known_point_is_replayed_and_nothing_before_it(stage: Cast) -> None:
    ana = await stage.connect("ana")
    first = await ana.hello()
    for text in ("one", "two", "three"):
        await ana.do("chat.post", text=text)
    again = await stage.connect("ana")
    ok = await again.hello(epoch=first["epoch"], since={"room": 1})
    assert ok["mode"] == "replay"
    assert "snapshot" not in ok
    assert ok["top"] == {"room": 3}
    await again.entry("chat.posted")
    entries = [entry for frame in again.heard for entry in frame.get("ev", [])]
    assert [(e["seq"], e["d"]["text"]) for e in entries] == [(2, "two"), (3, "three")]


@pytest.mark.parametrize("since", [{"room": 99}, {}, {"room": -1}])
async def test_an_impossible_point_gets_a_snapshot(stage: Cast, since: dict[str, int]) -> None:
    epoch = await sync_to_async(lambda: Room.objects.get(public_id=stage.room).epoch)()
    peer = await stage.connect("ana")
    assert (await peer.hello(epoch=epoch, since=since))["mode"] == "snapshot"


async def test_another_epoch_gets_a_snapshot(stage: Cast) -> None:
    peer = await stage.connect("ana")
    assert (await peer.hello(epoch="another", since={"room": 0}))["mode"] == "snapshot"


async def test_a_gap_larger_than_the_limit_gets_a_snapshot(stage: Cast, settings: Any) -> None:
    settings.ROOM_REPLAY_ENTRIES = 2
    ana = await stage.connect("ana")
    epoch = (await ana.hello())["epoch"]
    for text in ("one", "two", "three"):
        await ana.do("chat.post", text=text)
    for since, mode in ((1, "replay"), (0, "snapshot")):
        peer = await stage.connect("ana")
        assert (await peer.hello(epoch=epoch, since={"room": since}))["mode"] == mode


async def test_nobody_without_ticket_or_cookie(stage: Cast) -> None:
    peer = await peers.open_socket(stage.room)
    assert await peer.closed() == 4501


async def test_a_forged_ticket(stage: Cast) -> None:
    peer = await peers.open_socket(stage.room, "forged")
    assert await peer.closed() == 4503


async def test_a_ticket_of_another_room(stage: Cast) -> None:
    ticket = await sync_to_async(stage.ticket)("ana")
    peer = await peers.open_socket("another", ticket)
    assert await peer.closed() == 4503


async def test_an_expired_ticket(stage: Cast, settings: Any) -> None:
    ticket = await sync_to_async(stage.ticket)("ana")
    settings.ROOM_TICKET_SECONDS = -1
    peer = await peers.open_socket(stage.room, ticket)
    assert await peer.closed() == 4003


async def test_an_outsider_with_a_true_ticket_has_no_place(stage: Cast) -> None:
    outsider = stage.outsider
    member = Member(outsider.pk, outsider.public_id, "Outsider", "moderator", "remote")
    peer = await peers.open_socket(stage.room, tickets.issue(stage.room, member))
    await peer.send({"id": 1, "do": "hello", "device": "d"})
    assert await peer.closed() == 4503


async def test_a_page_from_elsewhere_is_refused_the_upgrade(stage: Cast) -> None:
    ticket = await sync_to_async(stage.ticket)("ana")
    for origin in (b"https://evil.example", b"http://testserver:9999", b"null"):
        with pytest.raises(Closed):
            await peers.open_socket(stage.room, ticket, headers=((b"origin", origin),))


async def test_another_version_is_told_so(stage: Cast) -> None:
    ticket = await sync_to_async(stage.ticket)("ana")
    peer = await peers.open_socket(stage.room, ticket, subprotocols=["anfiteatro.v9"])
    assert await peer.closed() == 4505


async def test_commands_before_hello(stage: Cast) -> None:
    peer = await stage.connect("ana")
    await peer.send({"id": 1, "do": "chat.post", "cid": str(uuid4()), "text": "hi"})
    assert await peer.closed() == 4502


async def test_silence_before_hello(stage: Cast, settings: Any) -> None:
    settings.ROOM_HELLO_SECONDS = 0.01
    peer = await stage.connect("ana")
    assert await peer.closed() == 4502


async def test_a_slow_answer_is_not_silence(stage: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOM_HELLO_SECONDS = 0.5
    ana = await stage.connect("ana")
    join = hub.Hub.join

    async def slow(*words: Any) -> Any:
        await asyncio.sleep(2 * settings.ROOM_HELLO_SECONDS)
        return await join(*words)

    monkeypatch.setattr(hub.Hub, "join", slow)
    assert (await ana.hello())["mode"] == "snapshot"


async def test_silence_after_a_refused_hello(stage: Cast, settings: Any) -> None:
    settings.ROOM_HELLO_SECONDS = 0.5
    ana = await stage.connect("ana")
    assert (await ana.do("hello", cid=None, device=7))["err"]["code"] == "bad_fields"
    assert await ana.closed() == 4502


async def test_a_room_that_is_over(stage: Cast) -> None:
    await Room.objects.filter(public_id=stage.room).aupdate(stage="ended")
    peer = await stage.connect("ana")
    await peer.send({"id": 1, "do": "hello", "device": "d"})
    assert await peer.closed() == 4506


async def test_a_room_let_go_of_between_connecting_and_hello(stage: Cast) -> None:
    ana = await stage.connect("ana")
    room = await hub.hub().room(stage.room)
    assert room is not None
    await ana.socket.receive_nothing(0.1)
    hub.hub().forget(room)
    await ana.hello()
    beto = await stage.enter("beto")
    await beto.do("chat.post", text="hi")
    assert (await ana.entry("chat.posted"))["d"]["text"] == "hi"


async def test_a_second_device_takes_the_seat_over(stage: Cast) -> None:
    first = await stage.enter("ana", device="phone")
    await stage.enter("ana", device="computer")
    assert await first.closed() == 4508


async def test_late_news_of_a_seat_leave_the_latest_device_alone(stage: Cast) -> None:
    ana = await stage.enter("ana", device="latest")
    news = {"what": "seat", "person": stage.people["ana"].public_id}
    for device, at in (("latest", "2999-01-01T00:00:02"), ("earlier", "2999-01-01T00:00:01")):
        hub.hub().hear(stage.room, {**news, "device": device, "at": at})
    assert "ok" in await ana.do("chat.post", text="still here")


async def test_a_seat_taken_while_a_hello_was_being_answered(stage: Cast) -> None:
    await stage.enter("beto")
    hub.hub().hear(
        stage.room,
        {"what": "seat", "person": stage.people["ana"].public_id, "device": "other", "at": "2999-01-01T00:00:00"},
    )
    ana = await stage.enter("ana", device="mine")
    assert await ana.closed() == 4508


async def test_tabs_of_one_device_share_the_seat(stage: Cast) -> None:
    first = await stage.enter("ana", device="phone")
    second = await stage.enter("ana", device="phone")
    await second.do("chat.post", text="hi")
    assert (await first.entry("chat.posted"))["d"]["text"] == "hi"


async def test_staff_may_use_several_devices(stage: Cast) -> None:
    first = await stage.enter("moderator", device="one")
    second = await stage.enter("moderator", device="two")
    await second.do("chat.post", text="hi")
    assert (await first.entry("chat.posted"))["d"]["text"] == "hi"


async def test_one_person_has_so_many_sockets_and_no_more(stage: Cast) -> None:
    for _ in range(settings.ROOM_MAX_SOCKETS):
        await stage.enter("ana", device="phone")
    peer = await stage.connect("ana")
    await peer.send({"id": 1, "do": "hello", "device": "phone"})
    assert await peer.closed() == 4504


async def test_more_hellos_than_a_process_welcomes_are_told_to_wait(stage: Cast, settings: Any) -> None:
    settings.ROOM_HELLOS_PER_SECOND = 1
    await stage.enter("ana")
    peer = await stage.connect("beto")
    reply = await peer.do("hello", cid=None, device="d")
    assert reply["err"]["code"] == "busy"
    assert reply["err"]["retry"] is True
    assert reply["err"]["after_ms"] > 0
