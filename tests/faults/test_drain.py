"""A server is told to stop in the middle of a talk: everybody hears so, and nobody finds the line dead."""

import pytest

from tests.faults import scenes
from tests.faults.conftest import Length
from tests.faults.room import house, live_room
from tests.faults.talk import Talk
from tests.faults.verdict import verdict


@pytest.mark.services
async def test_sigterm_under_load(length: Length) -> None:
    breaches: list[str] = []
    with house(more={"ANFITEATRO_ROOM_DRAIN_SECONDS": length.of(short="2", full="10")}) as home:
        async with live_room(home.servers, length.of(short=60, full=235)) as room:
            async with Talk(room, rate=length.of(short=25, full=50)) as talk:
                for number in range(length.of(short=2, full=10)):
                    breaches += await scenes.drained(room, number % 2)
            await talk.settle()
            print(talk.figures())
            assert breaches == []
            assert verdict(room) == []
