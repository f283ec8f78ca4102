"""The tests of the faults can fail: each finds the server that breaks the promise it is about."""

import pytest

from tests.faults import scenes
from tests.faults.room import house, live_room
from tests.faults.services import own_postgresql
from tests.faults.talk import Talk
from tests.faults.verdict import verdict

pytestmark = pytest.mark.services

_RATE, _PEOPLE, _SETTLE = 25, 40, 3.0


def _broken(name: str) -> tuple[str, ...]:
    return ("-m", "tests.faults.mutants", name, "--")


@pytest.mark.parametrize(("mutant", "told"), [("resume_off", "was left with a hole"), ("cid_check_off", "2 entries")])
async def test_the_kill_finds(mutant: str, told: str) -> None:
    with house(program=_broken(mutant)) as home:
        async with live_room(home.servers, _PEOPLE, patience=0.3) as room:
            async with Talk(room, rate=_RATE) as talk:
                await scenes.killed(room, 1)
            await talk.settle(_SETTLE)
            assert any(told in breach for breach in verdict(room))


async def test_who_knows_more_finds_the_unbelieving_server() -> None:
    with house(program=_broken("read_up_off"), more=scenes.RARE_SYNC) as home:
        async with live_room(home.servers, 20, patience=0.1) as room:
            talk = Talk(room, rate=1)
            await scenes.overtaken(room, talk, home.redis)
            await talk.settle(_SETTLE)
            assert any("taken back" in breach for breach in verdict(room))


async def test_the_lossy_layer_finds_the_server_that_sees_no_holes() -> None:
    with house(program=_broken("gap_check_off"), more=scenes.LOSSY) as home:
        async with live_room(home.servers, _PEOPLE) as room:
            assert max(await scenes.lone_messages(Talk(room, rate=1), scenes.SOME_LOST)) > scenes.HEALED
            async with Talk(room, rate=_RATE) as talk:
                await talk.go_on(2)
            await talk.settle(_SETTLE)
            assert any("was left with a hole" in breach for breach in verdict(room))


async def test_postgresql_s_death_finds_the_early_acknowledgement() -> None:
    with own_postgresql() as cluster, house(database=cluster.url, program=_broken("ack_before_durable")) as home:
        async with live_room(home.servers, _PEOPLE) as room:
            async with Talk(room, rate=_RATE) as talk:
                await talk.go_on(1)
                await scenes.postgresql_away(talk, cluster, 1)
            await talk.settle(_SETTLE)
            assert any("was acknowledged at" in breach for breach in verdict(room))
