"""The machine's clock jumps while a room is live, and nobody in it can tell."""

import asyncio
import json
import time
from typing import Final

import pytest

from tests.faults.conftest import Length
from tests.faults.room import LiveRoom, live_room
from tests.faults.skewed import skewed_cottage
from tests.faults.talk import Talk
from tests.faults.verdict import journal, verdict
from tests.load.servers import PACE

# Long enough for a busy machine, and short enough that the test outlasts it: who is not pinged would be closed.
_SILENCE: Final = 15.0
_MORE: Final = {"ANFITEATRO_ROOM_SILENCE_SECONDS": str(_SILENCE), "ANFITEATRO_ROOM_BEAT_SECONDS": str(_SILENCE)}
# A beat is due after each ping, and a fact is written once a tick: so old may what is known of a stay be.
_BEAT: Final = sum(float(PACE[f"ANFITEATRO_{name}_SECONDS"]) for name in ("ROOM_PING", "ATTENDANCE_TICK"))
_SLACK: Final = 2 * _BEAT + 2.0
_SHEET: Final = """
import json
from courses.programme.models import Session
from livesessions.attendance.queries import sheets
sheet = sheets.sheet(Session.objects.get(public_id={room!r}), {at})
print(json.dumps([sheet.terms.live_seconds, {{line.subject.person: line.seconds for line in sheet.lines}}]))
"""
_AT_THE_END: Final = "Session.objects.get(public_id={room!r}).room.ended_at"


@pytest.mark.parametrize("step", ["-1h", "+10m", "+2d"])
async def test_nobody_in_the_room_notices_a_step_of_the_clock(length: Length, step: str) -> None:
    count = length.of(short=12, full=60)
    seconds = length.of(short=3.0, full=40.0)
    with skewed_cottage(more=_MORE) as (servers, clock):
        async with live_room(servers, count) as room:
            [moderator] = room.invite(1, role="moderator")
            await room.admit([moderator])
            begun = time.monotonic()
            async with Talk(
                room, rate=length.of(short=4, full=10), people=room.truth.people[: count // 2]
            ) as talk:  # the others listen
                await talk.go_on(seconds)
                clock.step(step)
                await talk.go_on(_SILENCE + seconds)
            await talk.settle(within=20)
            stayed = time.monotonic() - begun
            [newcomer] = room.invite(1)
            await room.admit([newcomer])
            last = await newcomer.clients[0].send("chat.post", text="just in")
            assert all([await client.reach("room", last["seq"], within=20) for client in room.clients])
            assert [client.record.closes for client in room.clients] == [[]] * len(room.clients)
            assert talk.errors.total() == 0
            assert verdict(room) == []
            assert _instants(room) == sorted(_instants(room)), "the journal goes back in time"
            await moderator.clients[0].send("stage.end")
            live, attended = await asyncio.to_thread(_sheet, room)
        shown = f"live {live} s, attended {sorted(set(attended.values()))} s of {stayed:.0f}"
        print(f"clock {step}: {talk.figures()}; {shown}")
        assert stayed - 1 <= live <= stayed + 60  # it was live before they came in, and a little after
        for person in room.truth.people[:count]:
            assert stayed - _SLACK <= attended[person.id] <= live


def _instants(room: LiveRoom) -> list[str]:
    """Of the room's entries, in their order."""
    entries, _ = journal(room)
    return [entry["at"] for (stream, _), entry in sorted(entries.items()) if stream == "room"]


def _sheet(room: LiveRoom) -> tuple[int, dict[str, int]]:
    """The live seconds of the ended room, and those each person attended, by public id."""
    code = _SHEET.format(room=room.name, at=_AT_THE_END.format(room=room.name))
    live, attended = json.loads(room.servers.manage("shell", "--no-imports", "-c", code).splitlines()[-1])
    return live, attended
