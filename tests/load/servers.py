"""Starts servers of our own for a rehearsal, on free ports of this machine, and ends exactly those."""

import atexit
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent
# A session compressed to minutes: heartbeats every two seconds, and a second's tick.
PACE: Final = {
    "ANFITEATRO_ROOM_PING_SECONDS": "2",
    "ANFITEATRO_ROOM_BEAT_SECONDS": "5",
    "ANFITEATRO_ROOM_SILENCE_SECONDS": "10",
    "ANFITEATRO_ATTENDANCE_TICK_SECONDS": "1",
}
SERVER: Final = ("-m", "config.server")
_SECRET: Final = secrets.token_urlsafe(50)  # one for all servers of a run: they start from one database
_KEPT: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV")


@dataclass
class Servers:
    """`urls` are the servers' addresses; each has its own process under the same index. Logs go to `folder`.

    `program` is what Python is started with, before `--host` and `--port`.
    """

    folder: Path
    settings: dict[str, str]
    program: Sequence[str] = SERVER
    host: str = "127.0.0.1"
    urls: list[str] = field(default_factory=list)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, port: int) -> None:
        """One more server; it answers when this returns."""
        self.processes.append(self._spawn(port))
        self.urls.append(f"http://{self.host}:{port}")
        self._wait(-1)

    def restart(self, index: int) -> None:
        """Start a server that has ended once more, on its old port; it answers when this returns."""
        self.processes[index] = self._spawn(self.port(index))
        self._wait(index)

    def port(self, index: int) -> int:
        return int(self.urls[index].rpartition(":")[2])

    def kill(self, index: int) -> None:
        """kill -9."""
        self.processes[index].kill()
        self.processes[index].wait()

    def terminate(self, index: int, within: float = 20) -> int:
        """SIGTERM; the exit code. Raises subprocess.TimeoutExpired when it is not gone after so many seconds."""
        self.processes[index].send_signal(signal.SIGTERM)
        return self.processes[index].wait(within)

    def stop(self) -> None:
        """SIGTERM to what is still running, and 20 s to leave."""
        running = [process for process in self.processes if process.poll() is None]
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def show_logs(self) -> None:
        """The last lines of each server, when a rehearsal could not be played to its end."""
        for log in sorted(self.folder.glob("*.log")):
            print(f"--- {log.name}\n{log.read_text()[-3000:]}", file=sys.stderr)

    def manage(self, *words: str) -> str:
        """Run a management command: what it printed. Raises SystemExit with all its output when it fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=self.settings, capture_output=True, text=True
        )
        if done.returncode:
            raise SystemExit(f"manage.py {words[0]} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def _spawn(self, port: int) -> "subprocess.Popen[bytes]":
        command = [sys.executable, *self.program, "--host", self.host, "--port", str(port)]
        with (self.folder / f"server-{port}.log").open("ab") as log:
            return subprocess.Popen(
                command, cwd=ROOT, env=self.settings, stdout=log, stderr=log, start_new_session=True
            )

    def _wait(self, index: int, seconds: float = 60) -> None:
        deadline, port = time.monotonic() + seconds, self.port(index)
        while time.monotonic() < deadline and self.processes[index].poll() is None:
            try:
                with urllib.request.urlopen(f"http://{self.host}:{port}/health/ready", timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"The server does not answer:\n{(self.folder / f'server-{port}.log').read_text()[-4000:]}")


@contextmanager
def spawned(
    count: int = 1,
    *,
    database: str = "",
    redis: str = "",
    smtp_port: int = 0,
    host: str = "127.0.0.1",
    port: int = 0,
    program: Sequence[str] = SERVER,
    more: Mapping[str, str] | None = None,
    is_ready: bool = False,
) -> Iterator[Servers]:
    """`count` servers on one database with the demonstration loaded: SQLite in a folder of its own, unless given.

    Several need a `database` and a `redis` address; `is_ready` tells that it has the tables and the demonstration.
    `smtp_port` takes their mail, 0 keeps it in the folder; `more` are settings beside or instead of the usual ones.
    """
    ports = [port + n for n in range(count)] if port else free_ports(count, host)
    with tempfile.TemporaryDirectory(prefix="anfiteatro-") as name:
        folder = Path(name)
        origins = ",".join(f"http://{host}:{port}" for port in ports or [8000])
        settings = {kept: os.environ[kept] for kept in _KEPT if kept in os.environ} | {
            "ANFITEATRO_ENV_FILE": os.devnull,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'platform'}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": _SECRET,
            "DEBUG": "0",
            "ANFITEATRO_DEMO": "1",
            "ANFITEATRO_REHEARSAL": "1",
            "ANFITEATRO_SITE_URL": f"http://{host}:{ports[0] if ports else 8000}",
            "ANFITEATRO_ORIGINS": origins,
            "ANFITEATRO_LOG_LEVEL": "WARNING",
            "DATABASE_URL": database or f"sqlite:///{folder / 'rehearsal.sqlite3'}",
            "REDIS_URL": redis,
            "EMAIL_URL": f"smtp://127.0.0.1:{smtp_port}" if smtp_port else "file:",
            **PACE,
            **(more or {}),
        }
        servers = Servers(folder, settings, program, host)
        if is_older(ROOT / "var" / "static" / "staticfiles.json", (ROOT / "static").rglob("*")):
            servers.manage("collectstatic", "--noinput", "--verbosity", "0")
        if not is_ready and (file := _sqlite_file(settings)):
            shutil.copyfile(_demo(), file)
        elif not is_ready:
            servers.manage("migrate", "--noinput", "--verbosity", "0")
            servers.manage("load_demo")
        try:
            for each in ports:
                servers.start(each)
            yield servers
        except Exception:
            servers.show_logs()
            raise
        finally:
            servers.stop()


def _sqlite_file(settings: Mapping[str, str]) -> Path | None:
    """Where these servers' database is, if that is a file."""
    scheme, _, path = settings["DATABASE_URL"].partition("://")
    return Path(path.removeprefix("/")) if scheme == "sqlite" else None


@cache
def _demo() -> Path:
    """A database file with the tables and the demonstration, made once in this process."""
    folder = Path(tempfile.mkdtemp(prefix="anfiteatro-demo-"))
    atexit.register(shutil.rmtree, folder)
    file = folder / "demo.sqlite3"
    with spawned(0, database=f"sqlite:///{file}", is_ready=True) as none:
        none.manage("migrate", "--noinput", "--verbosity", "0")
        none.manage("load_demo")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # a copy of the one file is a copy of it all
    return file


def is_older(made: Path, made_from: Iterable[Path]) -> bool:
    """Whether a file of these is newer than what was made from them, or that is missing."""
    if not made.exists():
        return True
    return any(path.stat().st_mtime > made.stat().st_mtime for path in made_from if path.is_file())


def free_ports(count: int, host: str = "127.0.0.1") -> list[int]:
    """Ports nobody listens on at this moment."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind((host, 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports
