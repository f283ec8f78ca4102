"""Redis dies and comes back: acknowledgements never stop, everybody hears everything, and the doorbell rings again."""

import asyncio
import time
from typing import Final

import pytest

from tests.faults import scenes
from tests.faults.conftest import Length
from tests.faults.room import house, live_room
from tests.faults.talk import Talk
from tests.faults.verdict import verdict
from tests.load import report

pytestmark = pytest.mark.services

_LATE: Final = 3.0  # seconds: the rooms' counters are compared every two
_RINGING: Final = 1.0  # seconds: sooner than by comparing counters
_AGAIN: Final = 20.0  # seconds in which the doorbell must ring again


async def test_rooms_go_on_without_redis(length: Length) -> None:
    with house() as home:
        async with live_room(home.servers, length.of(short=60, full=235)) as room:
            async with Talk(room, rate=length.of(short=25, full=50)) as talk:
                await talk.go_on(1)
                silence, heard = await scenes.redis_away(talk, home.redis, length.of(short=5, full=30))
            assert await _rings_again(talk)
            await talk.settle()
            print(f"{talk.figures()} · without Redis: delivery {report.quantiles(heard)}, silence {silence:.2f} s")
            assert verdict(room) == []
    assert silence < _LATE
    assert sorted(heard)[len(heard) * 99 // 100] < _LATE


async def _rings_again(talk: Talk) -> bool:
    """Whether the other server hears at once of what is said at this one, now or soon."""
    deadline = time.monotonic() + _AGAIN
    there = scenes.at(talk.room, 1)
    while time.monotonic() < deadline:
        seq = (await talk.say(talk.room.truth.people[0]))["seq"]
        if all(await asyncio.gather(*(client.reach("room", seq, _RINGING) for client in there))):
            return True
    return False
