"""People behind a thin link: 600 ms round trip, 5 % of the packets lost each way, and the link away for a while.

What is promised after an outage is promised to everybody on a link that loses nothing else. With 5 % lost it is
promised to most: TCP itself may then wait longer.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

import pytest

from tests.faults.conftest import Length
from tests.faults.links import NoNamespaces, ThinLink, thin_link
from tests.faults.room import LiveRoom, cottage, live_room
from tests.faults.services import left_out
from tests.faults.shaper import Link
from tests.faults.talk import Talk
from tests.faults.verdict import verdict
from tests.load import report
from tests.load.truth import Person

INSIDE, OUTSIDE = 20, 5  # people behind the link, and before it
SHARE: Final = Link(down=256, up=64, rtt=600, loss=5, congestion="cubic")  # of each of them
CAUGHT_UP: Final = 10.0  # seconds after the link's return
_PATIENCE: Final = 120.0  # seconds for what is not timed
# As in production: on such a link a sign of life may take seconds.
_PACE: Final = {
    "ANFITEATRO_ROOM_PING_SECONDS": "20",
    "ANFITEATRO_ROOM_BEAT_SECONDS": "25",
    "ANFITEATRO_ROOM_SILENCE_SECONDS": "45",
}


@dataclass(frozen=True)
class Ward:
    """A room some of whose people are `inside`, behind the link, and some `outside`."""

    room: LiveRoom
    link: ThinLink
    inside: list[Person]
    outside: list[Person]

    async def cut_off(self, talk: Talk, seconds: float, *, told: bool) -> list[float]:
        """The link is away for so long while the talk goes on and each one inside says something. Seconds after its
        return in which each had seen all that was acknowledged by then; infinite for who had not in time.

        `told`: they learn of the return, as browsers do by `online`.
        """
        self.link.change(is_out=True)
        for person in self.inside:
            talk.say(person)
        await talk.go_on(seconds)
        top, since = talk.top, time.time()
        self.link.change(is_out=False)
        for person in self.inside if told else ():
            person.clients[0].probe()

        async def one(person: Person) -> float:
            seen = await person.clients[0].reach("room", top, _PATIENCE)
            return time.time() - since if seen else float("inf")

        behind = list(await asyncio.gather(*map(one, self.inside)))
        news = "told" if told else "not told"
        print(f"{seconds:.0f} s away, {news}: caught up {report.quantiles(behind)}, longest {max(behind):.1f} s")
        return behind


@asynccontextmanager
async def ward(link: Link = SHARE, more: dict[str, str] | None = None) -> AsyncIterator[Ward]:
    """A server of this machine, and people of its room on both sides of a link that they share."""
    try:
        with (
            thin_link(link.shared_by(INSIDE)) as thin,
            cottage(host=thin.host, more=_PACE | (more or {})) as servers,
        ):
            async with live_room(servers, OUTSIDE) as room:
                outside = list(room.truth.people)
                inside = room.invite(INSIDE)
                for person in inside:
                    person.clients[0].line.dial = thin.dial
                await room.admit(inside)
                yield Ward(room, thin, inside, outside)
    except NoNamespaces as missing:
        left_out(str(missing))


@pytest.mark.soak
async def test_nothing_is_lost_on_a_lossy_link(length: Length) -> None:
    async with ward() as away:
        async with Talk(away.room, rate=4, people=away.inside) as talk:
            await talk.go_on(length.of(short=20.0, full=600.0))
        await talk.settle(_PATIENCE)
        carried = away.link.change()
        print(f"{talk.figures()} · {away.link.congestion} · {carried}")
        assert min(lane["dropped"] for lane in carried.values()) > 0
        assert verdict(away.room) == []
        if length.is_full:
            assert median(talk.ack_seconds()) < 1.0


@pytest.mark.parametrize("loss", [0.0, 5.0])
async def test_who_was_cut_off_catches_up(length: Length, loss: float) -> None:
    worst = median if loss else max
    async with ward(replace(SHARE, loss=loss)) as away:
        async with Talk(away.room, rate=2, people=away.outside) as talk:
            for seconds in length.of(short=(5.0,), full=(10.0, 120.0)):
                behind = await away.cut_off(talk, seconds, told=True)
                if length.is_full:
                    assert worst(behind) < CAUGHT_UP
        await talk.settle(_PATIENCE)
        assert verdict(away.room) == []


async def test_who_is_not_told_of_the_return_catches_up_too(length: Length) -> None:
    async with ward() as away:
        async with Talk(away.room, rate=2, people=away.outside) as talk:
            for seconds in length.of(short=(5.0,), full=(10.0, 120.0)):
                assert max(await away.cut_off(talk, seconds, told=False)) < _PATIENCE
        await talk.settle(_PATIENCE)
        assert verdict(away.room) == []


@pytest.mark.soak
async def test_who_lacks_more_than_is_replayed_gets_the_state(length: Length) -> None:
    replayed = length.of(short=10, full=1000)
    async with ward(replace(SHARE, loss=0), {"ANFITEATRO_ROOM_REPLAY_ENTRIES": str(replayed)}) as away:
        async with Talk(away.room, rate=2, people=away.outside) as talk:
            for person in away.inside:
                person.clients[0].drop()  # as browsers do on `offline`
            behind = await away.cut_off(talk, length.of(short=10.0, full=600.0), told=True)
            if length.is_full:
                assert max(behind) < CAUGHT_UP
        await talk.settle(_PATIENCE)
        assert talk.top > replayed
        assert all(len(person.clients[0].record.bases) == 2 for person in away.inside)
        assert verdict(away.room) == []
