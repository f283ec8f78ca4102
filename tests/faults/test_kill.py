"""kill -9."""
import asyncio
import pytest
from tests.faults.conftest import Length
from tests.faults.room import house, live_room
from tests.faults.talk import Talk
from tests.faults.verdict import verdict

pytestmark = pytest.mark.services


async def test_smoke(length: Length) -> None:
    with house() as home:
        async with live_room(home.servers, 40) as room:
            async with Talk(room, rate=20) as talk:
                await talk.go_on(5)
            await talk.settle()
            print(talk.figures())
            assert verdict(room) == []
