"""The disk under the database fills up in the middle of a talk, and is freed again."""

import asyncio
from collections.abc import Callable
from typing import Final

from tests.faults.conftest import Length
from tests.faults.room import cottage, live_room
from tests.faults.small_disk import SmallDisk, small_disk
from tests.faults.talk import Talk
from tests.faults.verdict import journal, verdict

# Beats as in earnest: what is tried out is the disk, and not how fast everybody answers on a busy machine.
_PATIENT: Final = {"ANFITEATRO_ROOM_BEAT_SECONDS": "25", "ANFITEATRO_ROOM_SILENCE_SECONDS": "45"}


async def test_a_full_disk_takes_nothing_in_loses_nothing_and_heals(length: Length) -> None:
    with small_disk(64) as disk, cottage(more=_PATIENT | _on(disk)) as servers:
        async with live_room(servers, length.of(short=20, full=100)) as room:
            staff = room.invite(2, role="moderator")  # while people can be written down
            async with Talk(room, rate=10, people=room.truth.people[:-2]) as talk:
                await talk.go_on(3)
                disk.fill()
                await _until(lambda: talk.errors.total() > 0)
                await talk.go_on(1)  # the last answers from before arrive
                full_at, _ = journal(room)
                answered = len(talk.answered)
                await room.admit(staff, within=20)  # reading goes on: a snapshot is built
                await talk.go_on(length.of(short=5, full=60))
                assert len(journal(room)[0]) - len(full_at) == len(talk.answered) - answered
                disk.free()
                await talk.go_on(3)
            await talk.settle()
            log = (servers.folder / f"server-{servers.port(0)}.log").read_text()
            print(f"disk: {talk.figures()}")
            assert servers.processes[0].poll() is None
            assert ("unavailable", True) in talk.errors
            assert all(may_mend for _, may_mend in talk.errors), "nobody was refused for good"
            assert verdict(room) == []
            assert [client.record.closes for client in room.clients] == [[]] * len(room.clients)
            assert "Traceback" not in log, log[-3000:]


def _on(disk: SmallDisk) -> dict[str, str]:
    return {"DATABASE_URL": f"sqlite:///{disk.folder}/room.sqlite3"}


async def _until(is_so: Callable[[], bool], within: float = 60.0) -> None:
    async with asyncio.timeout(within):
        while not is_so():
            await asyncio.sleep(0.05)
