"""Links that die every 3 kB: whoever is behind still makes progress, and what they say arrives once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Final

import pytest

from tests.faults.chopper import Chopper, chopped
from tests.faults.conftest import Length
from tests.faults.room import LiveRoom, cottage, live_room
from tests.faults.talk import Talk
from tests.faults.verdict import verdict
from tests.load.client import Client
from tests.load.servers import Servers
from tests.load.truth import Sent

BITE: Final = 3_000  # bytes that a connection lives for
_PATIENCE: Final = 240.0  # seconds
_HURRY: Final = 0.01  # of the protocol's delays between connections: only the count of them matters here
_OPEN: Final = {"ANFITEATRO_ROOM_HELLOS_PER_SECOND": "10000"}
_ASKED: Final = 2  # questions of one's own, which come with each hello
_AT_ONCE: Final = 10  # messages that the rate limits let one person say at once


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    with cottage(more=_OPEN) as running:
        yield running


@asynccontextmanager
async def _behind(room: LiveRoom, client: Client, link: Chopper) -> AsyncIterator[None]:
    """The client reaches the room through the link alone; afterwards as before."""
    client.sockets = [room.socket(link.url)]
    client.start()
    yield
    await client.pause()
    client.sockets = [room.home(0)]
    client.start()


async def _talk(room: LiveRoom, entries: int) -> Talk:
    """Everybody but the first says something, so many things in all."""
    talk = Talk(room, rate=1, people=room.truth.people[1:])
    await asyncio.gather(*(talk.say() for _ in range(entries)))
    return talk


async def _arrived(talk: Talk, client: Client, link: Chopper) -> None:
    """The client has read all that was said, over many connections."""
    seen = await client.reach("room", talk.top, _PATIENCE)
    print(f"{talk.top} entries over {link.cut} connections of {BITE} bytes")
    assert seen, f"stuck at {client.last} of {talk.top}"
    assert link.cut > 1


async def test_a_gap_is_filled_bite_by_bite(servers: Servers, length: Length) -> None:
    entries = length.of(short=120, full=900)
    async with live_room(servers, 1 + entries // _AT_ONCE, patience=_HURRY) as room:
        away = room.clients[0]
        for number in range(_ASKED):
            await away.send("question.ask", text=f"{number}" + " ¿ñandú?" * 25)
        await away.pause()
        talk = await _talk(room, entries)
        async with chopped(servers.urls[0], down=BITE) as link, _behind(room, away, link):
            await _arrived(talk, away, link)
        await talk.settle(_PATIENCE)
        assert len(away.record.bases) == 1
        assert verdict(room) == []


async def test_who_cannot_get_the_state_may_read_the_journal_from_its_beginning(
    servers: Servers, length: Length
) -> None:
    """A first visit is answered by the whole state in one frame, which such a link never carries."""
    entries = length.of(short=60, full=600)
    async with live_room(servers, 1 + entries // _AT_ONCE, patience=_HURRY) as room:
        talk = await _talk(room, entries)
        await _full_state(room, entries)
        new = room.invite(1)[0].clients[0]
        async with chopped(servers.urls[0], down=BITE) as link, _behind(room, new, link):
            with pytest.raises(TimeoutError):
                await new.ready(2.0)
            await new.pause()
            new.epoch, new.last = room.clients[0].epoch, {"room": 0}
            new.start()
            await _arrived(talk, new, link)
        await talk.settle(_PATIENCE)
        assert new.record.bases == []
        assert verdict(room) == []


async def _full_state(room: LiveRoom, entries: int) -> None:
    """Until newcomers are told of everything: the state they share may be a second old, and the rest follows it."""
    for _ in range(200):
        [visitor] = room.invite(1)
        await room.admit([visitor])
        if len(visitor.clients[0].record.bases[0].snapshot["chat"]) >= min(entries, 200):
            return
    raise AssertionError("the shared state is never renewed")


async def test_words_arrive_bite_by_bite(servers: Servers, length: Length) -> None:
    """Answers come late: what a connection carried in its last moments, nobody hears that it arrived."""
    async with live_room(servers, 1, patience=_HURRY) as room:
        person, away = room.truth.people[0], room.clients[0]
        await away.pause()
        talk = Talk(room, rate=1)
        async with chopped(servers.urls[0], up=BITE, lag=0.1) as link, _behind(room, away, link):
            answers = []
            for number in range(length.of(short=_AT_ONCE, full=4 * _AT_ONCE)):
                text = f"{number}" + " ¡ñandú!" * 100
                cid, answer = away.put("chat.post", text=text)
                room.truth.sent[cid] = Sent(person.id, "chat.post", text)
                answers.append(answer)
            await asyncio.wait_for(asyncio.gather(*answers), _PATIENCE)
            print(f"{len(answers)} messages over {link.cut} connections of {BITE} bytes")
            assert link.cut > 1
        await talk.settle(_PATIENCE)
        assert verdict(room) == []
