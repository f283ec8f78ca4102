"""A server is killed in the middle of a talk: nothing acknowledged is lost or doubled, and everybody is back."""

import pytest

from tests.faults import scenes
from tests.faults.conftest import Length
from tests.faults.room import house, live_room
from tests.faults.talk import Talk
from tests.faults.verdict import verdict
from tests.load import report

pytestmark = pytest.mark.services


async def test_kill_9_of_one_of_two_servers(length: Length) -> None:
    recoveries: list[float] = []
    with house() as home:
        people, patience = length.of(short=(60, 0.3), full=(235, 1.0))
        async with live_room(home.servers, people, patience=patience) as room:
            async with Talk(room, rate=length.of(short=25, full=50)) as talk:
                for number in range(length.of(short=2, full=20)):
                    recoveries += await scenes.killed(room, number % 2)
            await talk.settle()
            print(f"{talk.figures()} · recovery {report.quantiles(recoveries)}, longest {max(recoveries):.1f} s")
            assert verdict(room) == []
    assert max(recoveries) < scenes.BACK


async def test_who_knows_more_than_the_other_server_is_believed() -> None:
    with house(more=scenes.RARE_SYNC) as home:
        async with live_room(home.servers, 20, patience=0.1) as room:
            talk = Talk(room, rate=1)
            await scenes.overtaken(room, talk, home.redis)
            await talk.settle()
            assert verdict(room) == []
