"""The channel layer loses and reorders messages: the order stays the same for all, and what was lost comes soon."""

import pytest

from tests.faults import scenes
from tests.faults.conftest import Length
from tests.faults.room import house, live_room
from tests.faults.talk import Talk
from tests.faults.verdict import verdict


@pytest.mark.services
async def test_a_lossy_layer(length: Length) -> None:
    with house(more=scenes.LOSSY) as home:
        async with live_room(home.servers, length.of(short=60, full=235)) as room:
            async with Talk(room, rate=length.of(short=25, full=50)) as talk:
                await talk.go_on(length.of(short=3, full=60))
            await talk.settle()
            late = await scenes.lone_messages(talk, length.of(short=1, full=10) * scenes.SOME_LOST)
            print(f"{talk.figures()} · heard of a lone message after {max(late):.2f} s at most")
            assert verdict(room) == []
    assert max(late) < scenes.HEALED
