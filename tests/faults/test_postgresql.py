"""PostgreSQL dies and recovers: people are asked to wait, and nothing acknowledged is lost or doubled."""

import pytest

from tests.faults import scenes
from tests.faults.conftest import Length
from tests.faults.room import house, live_room
from tests.faults.services import own_postgresql
from tests.faults.talk import Talk
from tests.faults.verdict import verdict


@pytest.mark.services
async def test_postgresql_is_killed(length: Length) -> None:
    with own_postgresql() as cluster, house(database=cluster.url) as home:
        async with live_room(home.servers, length.of(short=60, full=235)) as room:
            async with Talk(room, rate=length.of(short=25, full=50)) as talk:
                await talk.go_on(1)
                resumed = await scenes.postgresql_away(talk, cluster, length.of(short=4, full=10))
                await talk.go_on(1)
            await talk.settle()
            print(f"{talk.figures()} · acknowledged again {resumed:.1f} s after its return")
            assert verdict(room) == []
    assert {code for (code, may_retry) in talk.errors if not may_retry} == set()
