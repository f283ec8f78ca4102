"""Sixteen write to one SQLite file at once: nobody hears of a lock, and every row is there."""

import asyncio
import json
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, Final
from uuid import uuid4

import pytest
from django.db import connection, connections

from livesessions.attendance.actions import spans
from livesessions.attendance.actions.spans import SpanFact
from livesessions.attendance.models import PresenceSpan, SpanSource
from livesessions.realtime import writer
from livesessions.room.queries.members import Member
from shared.clock import now
from tests.faults import outboxes
from tests.faults.conftest import Length
from tests.faults.outboxes import Command
from tests.faults.room import LiveRoom, cottage, live_room
from tests.faults.talk import Talk
from tests.faults.verdict import journal, verdict
from tests.load.servers import ROOT

_WRITERS: Final = 16


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the tests run on another database")
@pytest.mark.django_db(transaction=True)
def test_sixteen_threads_write_at_once(length: Length) -> None:
    """Messages by twos through the writer, and stays beside them, in sixteen transactions at a time."""
    room, members, times = outboxes.Rooms().take(), outboxes.cast(), length.of(short=20, full=500)
    start = Barrier(_WRITERS, timeout=30)
    with ThreadPoolExecutor(_WRITERS) as threads:
        written = threads.map(lambda n: _write(room, members[n % len(members)], times, start), range(_WRITERS))
        answers = [answer for each in written for answer in each]
    assert [answer for answer in answers if not isinstance(answer, dict)] == []
    entries = outboxes.select("SELECT stream, seq FROM room_journalentry WHERE room_id = %s", room)
    assert sorted(entries) == [("room", n + 1) for n in range(2 * _WRITERS * times)]
    assert sorted(answer["seq"] for answer in answers) == [seq for _, seq in sorted(entries)]
    assert PresenceSpan.objects.filter(room=room, ended_at=None).count() == _WRITERS


def _write(room: int, member: Member, times: int, start: Barrier) -> list[Any]:
    answers: list[Any] = []
    try:
        key, since = uuid4(), now()
        start.wait()
        for _ in range(times):
            answers += writer.commit([_message(member).job(room) for _ in range(2)])
            spans.record([SpanFact(key, room, member.pk, "remote", SpanSource.SOCKET, since, now())])
    finally:
        connections.close_all()
    return answers


def _message(member: Member) -> Command:
    return Command(member, cid := uuid4(), {"do": "chat.post", "cid": str(cid), "text": "hi"})


async def test_a_server_and_many_processes_write_at_once(length: Length) -> None:
    """People by WebSocket and by HTTP, and processes that know nothing of the server nor of each other."""
    count = length.of(short=5, full=_WRITERS - 1)
    times = length.of(short=30, full=100)
    with cottage() as servers:
        async with live_room(servers, 10) as room:
            tickets = [
                json.loads(line) for line in servers.manage("room_tickets", room.name, "--count", "20").splitlines()
            ]
            beside = [await _process(room, tickets.pop()["person"], times) for _ in range(count)]
            async with Talk(room, rate=5) as talk:
                for process in beside:
                    process.stdin.write(b"go\n")
                posted = await _post_while(room, tickets.pop()["ticket"], beside)
                ended = [await process.communicate() for process in beside]
            await talk.settle()
            assert [process.returncode for process in beside] == [0] * count, ended
            lines = [json.loads(line) for output, _ in ended for line in output.splitlines()]
            entries, breaches = journal(room)
            texts = [entry["d"]["text"] for entry in entries.values() if entry["kind"] == "chat.posted"]
            waits = sorted(line["ms"] for line in lines)
            print(f"sqlite: {len(lines)} messages by {count} processes, {len(posted)} by HTTP; {talk.figures()}")
            print(f"sqlite: a process waited p50 {waits[len(waits) // 2]} ms, at most {waits[-1]} ms")
            assert len(lines) == count * times
            assert [line for line in lines if entries["room", line["seq"]]["d"]["text"] != line["text"]] == []
            assert [reply for reply in posted if "ok" not in reply] == []
            assert len(texts) == len(set(texts)) == count * times + len(posted) + len(talk.given)
            assert talk.errors.total() == 0
            assert breaches + verdict(room) == []
            assert "locked" not in (servers.folder / f"server-{servers.port(0)}.log").read_text()


async def _process(room: LiveRoom, person: str, times: int) -> Any:
    """A writer of its own that waits for its start."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.faults.beside", room.name, person, str(times)),
        cwd=ROOT,
        env=room.servers.settings,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    assert await process.stdout.readline() == b"ready\n"
    return process


async def _post_while(room: LiveRoom, ticket: str, processes: list[Any]) -> list[dict[str, Any]]:
    """Messages by HTTP, as fast as a person may, until the processes have ended; the replies."""
    address = f"{room.servers.urls[0]}/live/{room.name}/commands/?ticket={ticket}"
    replies: list[dict[str, Any]] = []
    ends = asyncio.gather(*(process.wait() for process in processes))
    while not ends.done() or not replies:
        frame = {"id": 1, "do": "chat.post", "cid": str(uuid4()), "text": f"by HTTP {len(replies)}"}
        request = urllib.request.Request(
            address, json.dumps([frame]).encode(), {"Origin": room.servers.urls[0], "Content-Type": "application/json"}
        )
        replies += await asyncio.to_thread(_replies, request)
        await asyncio.wait([ends], timeout=2)
    return replies


def _replies(request: urllib.request.Request) -> list[dict[str, Any]]:
    with urllib.request.urlopen(request, timeout=30) as response:
        replies: list[dict[str, Any]] = json.load(response)["frames"]
        return replies
