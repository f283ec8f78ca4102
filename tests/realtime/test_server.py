"""The server as a process of its own: it serves, and leaves well when it is told to."""

import asyncio
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from uuid import uuid4

import pytest
from django.conf import settings
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Subprotocol

ROOT: Path = settings.BASE_DIR
SPOKEN = Subprotocol("anfiteatro.v1")


class Site:
    """The settings of a site on a database of its own."""

    def __init__(self, database: Path, port: int = 8000):
        self.port = port
        self.env = {
            **{k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}},
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'platform'}",
            "SECRET_KEY": "tests-only-and-long-enough-for-any-check-that-counts-letters",
            "DEBUG": "1",
            "ANFITEATRO_ENV_FILE": os.devnull,
            "ANFITEATRO_REHEARSAL": "1",
            "ANFITEATRO_SITE_URL": f"http://127.0.0.1:{port}",
            "DATABASE_URL": f"sqlite:///{database}",
            "EMAIL_URL": "dummy:",
        }

    def manage(self, *words: str) -> str:
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        return subprocess.run(command, cwd=ROOT, env=self.env, check=True, capture_output=True, text=True).stdout


@dataclass(frozen=True)
class Made:
    """A database with one live room, which nobody changes: servers get a copy."""

    database: Path
    room: str


class Serving(Site):
    """A process of `config.server` on a copy of this database."""

    def __init__(self, folder: Path, server: str, made: Made):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        super().__init__(folder / "db.sqlite3", port)
        copyfile(made.database, folder / "db.sqlite3")
        self.room = made.room
        self.log = (folder / "log").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.server", "--port", str(self.port), "--server", server],
            cwd=ROOT, env=self.env, stdout=self.log, stderr=self.log,
        )  # fmt: skip

    def tickets(self, count: int) -> list[dict[str, str]]:
        lines = self.manage("room_tickets", self.room, "--count", str(count)).splitlines()
        return [json.loads(line) for line in lines]

    def written(self) -> str:
        self.log.flush()
        self.log.seek(0)
        return self.log.read()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Migrated once for all servers of this file."""
    database = tmp_path_factory.mktemp("made") / "db.sqlite3"
    site = Site(database)
    site.manage("migrate", "--verbosity", "0")
    room = json.loads(site.manage("rehearsal_room").splitlines()[-1])["room"]
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # a copy of the one file is a copy of it all
    return Made(database, room)


@pytest.fixture(params=["daphne", "uvicorn"])
def serving(tmp_path: Path, made: Made, request: pytest.FixtureRequest) -> Iterator[Serving]:
    server = Serving(tmp_path, request.param, made)
    yield server
    if server.process.poll() is None:
        server.process.kill()
    server.process.wait(10)
    server.log.close()


async def _open(address: str) -> ClientConnection:
    """Connect as soon as the server listens."""
    for _ in range(200):
        try:
            return await connect(address, subprotocols=[SPOKEN], ping_interval=None)
        except OSError:
            await asyncio.sleep(0.1)
    raise AssertionError("the server does not listen")


async def _enter(person: dict[str, str]) -> ClientConnection:
    client = await _open(f"{person['socket']}?ticket={person['ticket']}")
    await client.send(json.dumps({"id": 1, "do": "hello", "device": str(uuid4())}))
    while json.loads(await client.recv()).get("re") != 1:
        pass
    return client


async def test_sigterm_is_a_goodbye_and_loses_nothing(serving: Serving) -> None:
    clients = [await _enter(person) for person in serving.tickets(5)]
    for n in range(5):
        await clients[0].send(json.dumps({"id": 10 + n, "do": "chat.post", "cid": str(uuid4()), "text": str(n)}))
    while json.loads(await clients[0].recv()).get("re") != 14:
        pass
    serving.process.send_signal(signal.SIGTERM)
    for client in clients:
        byes = []
        try:
            while True:
                byes += [frame["bye"] for frame in [json.loads(await client.recv())] if "bye" in frame]
        except ConnectionClosed as end:
            assert end.rcvd is not None
            assert end.rcvd.code == 4001
        assert [bye["why"] for bye in byes] == ["restart"]
    assert serving.process.wait(15) == 0
    with pytest.raises(OSError):
        await connect(f"ws://127.0.0.1:{serving.port}/", subprotocols=[SPOKEN])
    assert "Traceback" not in serving.written()


async def test_an_unknown_address_is_refused_without_a_traceback(serving: Serving) -> None:
    person = serving.tickets(1)[0]
    client = await _enter(person)
    for path in ("/", "/ws/", "/ws/rooms/a%20b/", "/ws/rooms/x/y/"):
        with pytest.raises(InvalidStatus):
            await connect(f"ws://127.0.0.1:{serving.port}{path}", subprotocols=[SPOKEN])
    await client.close()
    assert "Traceback" not in serving.written()
