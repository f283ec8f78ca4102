"""Whatever arrives, in tens of thousands of frames: answered or closed, and nobody else notices."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from tests.faults.conftest import Length
from tests.faults.room import LiveRoom, cottage, live_room
from tests.faults.talk import Talk
from tests.faults.verdict import verdict
from tests.load.servers import ROOT, Servers

_NO_LIMITS = {"ANFITEATRO_ROOM_RATE_FACTOR": "1000"}  # else most would be told to wait, and no more
_GROWTH = 100_000_000  # bytes


async def test_spoilt_frames_are_answered_or_closed_and_harm_nobody(length: Length) -> None:
    count = length.of(short=10_000, full=100_000)
    with cottage(more=_NO_LIMITS) as servers:
        process = servers.processes[0]
        async with live_room(servers, 8) as room:
            fuzzers = _invite(room)
            await _fuzz(room, fuzzers, 1_000, seed=0)  # what grows once, grows now
            before = _resident(process.pid)
            async with Talk(room, rate=4) as talk:
                summary = await _fuzz(room, fuzzers, count, seed=1)
            await talk.settle()
            growth = _resident(process.pid) - before
            p99 = sorted(talk.ack_seconds())[int(len(talk.ack_seconds()) * 0.99)]
            print(f"malformed: {summary['sent']} frames, {growth / 1e6:.1f} MB more, ack p99 {p99 * 1000:.0f} ms")
            print(f"malformed: {summary['seen']}\nmalformed: {talk.figures()}")
            print(_log(servers)[-4000:], end="")
            assert summary["faults"] == []
            assert summary["sent"] >= count - 8
            assert process.poll() is None
            assert _log(servers) == ""
            assert growth < _GROWTH
            assert verdict(room) == []
            assert [client.record.closes for client in room.clients] == [[]] * len(room.clients)
            if length.is_full:
                assert p99 < 1


def _invite(room: LiveRoom) -> str:
    """Four attendees and four moderators, as the fuzzer reads them. They are nobody the verdict asks about."""
    lines = []
    for role in ("attendee", "moderator"):
        tickets = room.servers.manage("room_tickets", room.name, "--count", "4", "--role", role).splitlines()
        lines += [{"ticket": json.loads(line)["ticket"], "is_staff": role == "moderator"} for line in tickets]
    return "\n".join(msgspec.json.encode(line).decode() for line in lines)


async def _fuzz(room: LiveRoom, people: str, count: int, seed: int) -> dict[str, Any]:
    """In a process of its own: the clients of this one measure."""
    command = ("-m", "tests.faults.fuzz", room.home(0), "--count", str(count), "--seed", str(seed))
    environment = {"PYTHONPATH": room.servers.settings["PYTHONPATH"], "PATH": room.servers.settings["PATH"]}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        cwd=ROOT,
        env=environment,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate(people.encode())
    assert process.returncode == 0
    summary: dict[str, Any] = json.loads(output.splitlines()[-1])
    return summary


def _log(servers: Servers) -> str:
    return (servers.folder / f"server-{servers.port(0)}.log").read_text()


def _resident(pid: int) -> int:
    """Bytes of memory the process has."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096
