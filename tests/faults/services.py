"""Redis and PostgreSQL servers of a test's own, which it may kill."""

import getpass
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

import psycopg
import pytest
import redis

from tests.load.servers import free_ports

_WAIT: Final = 30.0  # seconds for a service to answer


def left_out(reason: str) -> NoReturn:
    """End the test here, because the machine lacks something: skipped, or failed with ANFITEATRO_REQUIRE_ALL=1."""
    if os.environ.get("ANFITEATRO_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@dataclass
class OwnRedis:
    """A Redis that keeps nothing, on one port through all its lives."""

    program: str
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """It answers when this returns."""
        words = ["--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([self.program, *words], stdout=subprocess.DEVNULL)
        with redis.Redis(port=self.port, socket_timeout=2) as client:
            _until(client.ping, redis.RedisError, f"Redis does not answer on port {self.port}")

    def kill(self) -> None:
        """kill -9."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@contextmanager
def own_redis() -> Iterator[OwnRedis]:
    program = shutil.which("redis-server")
    if program is None:
        left_out("redis-server is not installed")
    server = OwnRedis(program, free_ports(1)[0])
    try:
        server.start()
        yield server
    finally:
        server.kill()


@dataclass
class OwnPostgresql:
    """A PostgreSQL cluster in a folder of its own, as durable as one in earnest."""

    programs: Path
    folder: Path
    port: int
    user: tuple[str, ...] = ()  # the words that make a command another user's: the server refuses to run as root

    @property
    def url(self) -> str:
        return f"postgresql://anfiteatro@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """It answers when this returns."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=on"
        self._run("pg_ctl", "start", "-w", "-D", f"{self.folder}/data", "-l", f"{self.folder}/log", "-o", options)
        _until(lambda: psycopg.connect(self.url).close(), psycopg.OperationalError, "PostgreSQL does not answer")

    def kill(self) -> None:
        """All its processes at once, without writing anything down: the next start recovers from the log."""
        self._run("pg_ctl", "stop", "-w", "-D", f"{self.folder}/data", "-m", "immediate")

    def make(self) -> None:
        self._run(
            "initdb", "-D", f"{self.folder}/data", "-U", "anfiteatro", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"
        )

    def _run(self, program: str, *words: str) -> None:
        command: Sequence[str] = [*self.user, str(self.programs / program), *words]
        done = subprocess.run(command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        if done.returncode:
            raise RuntimeError(f"{program} failed with {done.returncode}")


@contextmanager
def own_postgresql() -> Iterator[OwnPostgresql]:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    initdb = str(found[-1]) if found else shutil.which("initdb")
    if initdb is None:
        left_out("PostgreSQL's initdb is not installed")
    user = ("runuser", "-u", "postgres", "--") if getpass.getuser() == "root" else ()
    with ExitStack() as afterwards:
        folder = Path(afterwards.enter_context(tempfile.TemporaryDirectory(prefix="anfiteatro-pg-")))
        if user:
            shutil.chown(folder, "postgres", "postgres")
        server = OwnPostgresql(Path(initdb).parent, folder, free_ports(1)[0], user)
        server.make()
        server.start()
        afterwards.callback(_ended, server)
        yield server


def _ended(server: OwnPostgresql) -> None:
    if (server.folder / "data" / "postmaster.pid").exists():
        server.kill()


def _until(works: Callable[[], object], error: type[Exception], complaint: str) -> None:
    deadline = time.monotonic() + _WAIT
    while True:
        try:
            works()
        except error:
            if time.monotonic() > deadline:
                raise TimeoutError(complaint) from None
            time.sleep(0.05)
        else:
            return
