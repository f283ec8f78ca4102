"""The servers that are measured: ours, and the two references beside it."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from scripts import services
from tests.load import scaled
from tests.load.bench.driver import Unmeasured, on_core
from tests.load.bench.links import Seat
from tests.load.servers import ROOT, SERVER, Servers, free_ports, spawned

# As in earnest, but for how often a person may post: a few posters stand for a whole room.
PACE: Final = {
    "ANFITEATRO_ROOM_PING_SECONDS": "20",
    "ANFITEATRO_ROOM_BEAT_SECONDS": "25",
    "ANFITEATRO_ROOM_SILENCE_SECONDS": "45",
    "ANFITEATRO_ATTENDANCE_TICK_SECONDS": "2",
    "ANFITEATRO_ROOM_RATE_FACTOR": "100000",
}
UNGATHERED: Final = {"ANFITEATRO_ROOM_TICK_SECONDS": "0"}
PROGRAMS: Final = {"daphne": SERVER, "uvicorn": (*SERVER, "--server", "uvicorn")}
REFERENCES: Final = {
    "textbook": ("-m", "daphne", "-b", "127.0.0.1", "-p", "{port}", "tests.load.bench.textbook:application"),
    "broadcast": ("-m", "tests.load.bench.broadcast", "{port}"),
}
DATABASES: Final = ("sqlite", "postgresql")


@dataclass
class House:
    """Something that people can come into. `kind` is what the generator must speak."""

    kind: str
    ports: list[int]
    processes: Sequence[subprocess.Popen[bytes]]
    servers: Servers | None = None
    rooms: list[str] = field(default_factory=list)

    @property
    def pids(self) -> list[int]:
        return [process.pid for process in self.processes]

    def people(self, count: int, *, room: str = "", role: str = "attendee", first: int = 0) -> list[Seat]:
        """New people with seats in a new room, or in one that is there, evenly at all its servers."""
        ports = [self.ports[n % len(self.ports)] for n in range(count)]
        if self.servers is None:
            return [Seat(first + n, "127.0.0.1", port, "/") for n, port in enumerate(ports)]
        room = room or self.room()
        printed = self.servers.manage("room_tickets", room, "--count", str(count), "--role", role)
        found = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
        return [
            Seat(first + n, "127.0.0.1", port, urlsplit(each["socket"]).path, each["ticket"])
            for n, (each, port) in enumerate(zip(found, ports, strict=True))
        ]

    def room(self) -> str:
        """A new live room; its public id."""
        assert self.servers is not None
        self.rooms.append(json.loads(self.servers.manage("rehearsal_room").splitlines()[-1])["room"])
        return self.rooms[-1]


@contextmanager
def ours(
    server: str = "daphne",
    database: str = "sqlite",
    *,
    count: int = 1,
    redis: bool = False,
    program: Sequence[str] = (),
    extra: Mapping[str, str] | None = None,
) -> Iterator[House]:
    """Our server, `count` processes of it, on a database of its own. Raises Unmeasured where something is missing.

    `program` is run instead of the server; `extra` are settings beside the usual ones.
    """
    with ExitStack() as stack:
        url, layer = "", services.redis_server() if redis else ""
        if database == "postgresql":
            if not (found := services.postgresql()):
                raise Unmeasured("no PostgreSQL answers")
            url = stack.enter_context(scaled.own_database(found))
        if redis and not layer:
            raise Unmeasured("no Redis answers")
        with on_core(0) if count == 1 else ExitStack():
            running = stack.enter_context(
                spawned(
                    count,
                    database=url,
                    redis=layer,
                    program=program or PROGRAMS[server],
                    more=PACE | dict(extra or {}),
                )
            )
        ports = [int(url.rpartition(":")[2]) for url in running.urls]
        yield House("room", ports, running.processes, running)


@contextmanager
def reference(name: str) -> Iterator[House]:
    """The textbook's server or the raw one."""
    port = free_ports(1)[0]
    words = [word.format(port=port) for word in REFERENCES[name]]
    with on_core(0):
        process = subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    try:
        _wait(process, port)
        yield House("plain", [port], [process])
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise Unmeasured(f"nothing answers on port {port}")
