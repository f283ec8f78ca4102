"""Redis dies and comes back: acknowledgements never stop, and the other server's people miss nothing."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.load import scaled, servers
from tests.load.client import Client

pytestmark = pytest.mark.services


@contextmanager
def _own_redis(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A Redis that keeps nothing; it answers when this yields."""
    program = shutil.which("redis-server")
    assert program, "redis-server is not installed"
    command = [program, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
        yield process
    finally:
        process.kill()
        process.wait()


def _clients(running: servers.Servers, count: int) -> list[Client]:
    """Registered people of a live room, each on one server only, in turn."""
    manage = [sys.executable, "manage.py"]
    run = {"cwd": servers.ROOT, "env": running.settings, "check": True, "capture_output": True, "text": True}
    room = json.loads(subprocess.run([*manage, "rehearsal_room"], **run).stdout.splitlines()[-1])["room"]
    made = subprocess.run([*manage, "room_tickets", room, "--count", str(count)], **run).stdout.splitlines()
    return [
        Client(
            running.urls[n % 2].replace("http", "ws", 1) + f"/ws/rooms/{room}/",
            ticket=json.loads(line)["ticket"],
            origin=running.urls[n % 2],
        )
        for n, line in enumerate(made)
    ]


async def test_rooms_go_on_without_redis() -> None:
    port = servers.free_ports(1)[0]
    with (
        scaled.own_database(os.environ["TEST_DATABASE_URL"]) as database,
        _own_redis(port) as redis,
        servers.spawned(2, database=database, redis=f"redis://127.0.0.1:{port}/0") as running,
    ):
        clients = _clients(running, 6)
        for client in clients:
            client.start()
        for client in clients:
            await client.ready()
        first = (await clients[0].send("chat.post", text="with Redis"))["seq"]
        redis.kill()
        redis.wait()
        for n, client in enumerate(clients):
            answer = await client.send("chat.post", text=f"without Redis {n}")
            assert answer["seq"] == first + n + 1
        for client in clients:
            assert await client.reach("room", first + len(clients), within=30)
        with _own_redis(port):
            answer = await clients[1].send("chat.post", text="Redis is back")
            for client in clients:
                assert await client.reach("room", answer["seq"], within=30)
        for client in clients:
            seqs = [entry["seq"] for entry in client.record.entries["room"]]
            assert seqs == list(range(client.record.bases[0].top["room"] + 1, answer["seq"] + 1))
            assert client.record.duplicates == 0
            await client.leave()
