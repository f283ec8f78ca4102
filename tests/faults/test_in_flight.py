"""A server is told to stop while it makes pages: it finishes them and is gone, whichever server it is."""

import asyncio
import json
import signal
import sqlite3
from contextlib import closing

import pytest

from tests.faults.conftest import Length
from tests.faults.gate import Gate, Request, gate, until_closed
from tests.faults.room import LiveRoom, cottage, live_room
from tests.faults.scenes import EXIT
from tests.load.servers import SERVER, Servers

_UPLOAD = 200_000  # bytes
_PAGES, _WRITES, _READS = 6, 2, 12
both = pytest.mark.parametrize("server", ["daphne", "uvicorn"])


@both
async def test_pages_in_flight_are_answered(length: Length, server: str) -> None:
    rounds = length.of(short=3, full=20)
    async with gate() as pages:
        more = pages.settings | {"ANFITEATRO_ROOM_DRAIN_SECONDS": "1"}
        with cottage(program=(*SERVER, "--server", server), more=more) as servers:
            async with live_room(servers, length.of(short=6, full=30), patience=0.1) as room:
                answers, poll = [], await asyncio.to_thread(_poll, room)
                for number in range(rounds):
                    answers += await _stopped_in_flight(servers, poll, pages)
                    if number < rounds - 1:
                        await asyncio.to_thread(servers.restart, 0)
                        assert await room.everybody(30)
            logged = (servers.folder / f"server-{servers.port(0)}.log").read_text()
    print(f"{server}: {rounds} times told to stop, {len(answers)} requests in flight")
    assert [answer for answer in answers if answer != 200] == []
    assert "Traceback" not in logged


async def _stopped_in_flight(servers: Servers, waiting: str, pages: Gate) -> list[int]:
    """The statuses of all that was in flight when the server was told to stop; it must be gone, with exit code 0."""
    port = servers.port(0)
    count = _PAGES + _WRITES + _READS + 2
    requests = [await Request.connected(port) for _ in range(count)]
    poll, upload, *others = requests
    made, writes, reads = others[:_PAGES], others[_PAGES : _PAGES + _WRITES], others[_PAGES + _WRITES :]
    database = servers.settings["DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(database, isolation_level=None)) as lock:
        poll.send("GET", waiting)
        lock.execute("BEGIN IMMEDIATE")
        for page in made:
            page.send("GET", "/gated/")
        for page in writes:
            page.send("POST", "/locked/")
        await pages.until(_PAGES + _WRITES)
        upload.send("POST", "/gated/", length=_UPLOAD, body=b"x" * (_UPLOAD // 2))
        for page in reads:
            page.send("GET", "/accounts/login/")
        process = servers.processes[0]
        process.send_signal(signal.SIGTERM)
        await until_closed(port)
        upload.go_on(b"x" * (_UPLOAD - _UPLOAD // 2))
        await pages.until(_PAGES + _WRITES + 1)
        lock.execute("ROLLBACK")
        pages.open()
        answers = await asyncio.gather(*(request.answer() for request in requests))
    assert await asyncio.to_thread(process.wait, EXIT) == 0
    assert answers[1][1] == b"read %d" % _UPLOAD
    assert {body for _, body in answers[2 : 2 + _PAGES]} == {b"read 0"}
    assert answers[0][0] in {200, 503}, "a long poll is answered, and goes elsewhere"
    return [status for status, _ in answers[1:]]


def _poll(room: LiveRoom) -> str:
    """The address of a long poll that waits for news."""
    person = json.loads(room.servers.manage("room_tickets", room.name, "--count", "1").splitlines()[-1])
    return f"/live/{room.name}/events/?ticket={person['ticket']}&device=00000000-0000-4000-8000-000000000001&wait=25"


@both
async def test_a_page_that_never_ends_ends_with_the_server(server: str) -> None:
    async with gate() as pages:
        with cottage(program=(*SERVER, "--server", server), more=pages.settings) as servers:
            request = await Request.connected(servers.port(0))
            request.send("GET", "/gated/")
            await pages.until(1)
            assert await asyncio.to_thread(servers.terminate, 0, EXIT) == 0
            assert (await request.answer())[0] == 503


@both
async def test_told_twice_it_is_gone_at_once(server: str) -> None:
    async with gate() as pages:
        with cottage(program=(*SERVER, "--server", server), more=pages.settings) as servers:
            request = await Request.connected(servers.port(0))
            request.send("GET", "/gated/")
            await pages.until(1)
            servers.processes[0].send_signal(signal.SIGTERM)
            await until_closed(servers.port(0))
            assert await asyncio.to_thread(servers.terminate, 0, 5) == 1
            assert (await request.answer())[0] == 0
