"""PostgreSQL dies and recovers: people are asked to wait, and nothing acknowledged is lost or doubled."""

from typing import Final

import pytest

from tests.faults import scenes
from tests.faults.conftest import Length
from tests.faults.room import house, live_room
from tests.faults.services import own_postgresql
from tests.faults.talk import Talk
from tests.faults.verdict import verdict

_AGAIN: Final = 10.0  # seconds after its return in which something must be acknowledged, however long it was away


@pytest.mark.services
async def test_postgresql_is_killed(length: Length) -> None:
    with own_postgresql() as cluster, house(database=cluster.url) as home:
        async with live_room(home.servers, length.of(short=60, full=235)) as room:
            async with Talk(room, rate=length.of(short=25, full=50)) as talk:
                await talk.go_on(1)
                resumed = []
                for seconds in length.of(short=(4.0,), full=(10.0, 60.0)):
                    resumed.append(await scenes.postgresql_away(talk, cluster, seconds))
                    await talk.go_on(length.of(short=1, full=20))
            await talk.settle(120)
            print(f"{talk.figures()} · acknowledged again {max(resumed):.1f} s after its return at most")
            assert verdict(room) == []
            assert [client.record.closes for client in room.clients] == [[]] * len(room.clients)
    assert max(resumed) < _AGAIN
    assert [code for code, may_retry in talk.errors if not may_retry] == []
