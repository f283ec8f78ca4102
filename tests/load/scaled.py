"""The scaled set-up for a rehearsal: the whole stack behind nginx, or two servers on one PostgreSQL and Redis."""

import json
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import psycopg

from scripts import services
from tests.load.servers import ROOT


@dataclass(frozen=True)
class Stack:
    """The stack of scripts/stack.py, started by us."""

    url: str

    def kill_server(self) -> None:
        """kill -9 of one of the two servers; the stack starts it again."""
        pids = json.loads((ROOT / "var" / "stack" / "pids.json").read_text())
        os.kill(pids["server-2"], signal.SIGKILL)


@contextmanager
def stack(port: int) -> Iterator[Stack]:
    """Start the stack with nginx on `port` (the next five are used too), and stop it afterwards.

    Where a PostgreSQL server lets us in, the stack has a new database there, dropped afterwards.
    """
    with ExitStack() as afterwards:
        settings = dict(os.environ)
        if "STACK_DATABASE_URL" not in settings and (server := services.postgresql()):
            settings["STACK_DATABASE_URL"] = afterwards.enter_context(own_database(server))
        command = [sys.executable, "scripts/stack.py", "start", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=settings)
        try:
            yield Stack(_answering(f"http://127.0.0.1:{port}", process))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(120)


@contextmanager
def own_database(url: str, like: str = "template1") -> Iterator[str]:
    """A new database on the PostgreSQL server of `url`, empty or a copy of another one, dropped afterwards; its
    address.
    """
    server, name = url.rpartition("/")[0], f"rehearsal_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
    try:
        yield f"{server}/{name}"
    finally:
        with psycopg.connect(url, autocommit=True) as connection:  # a new one: the server may have died meanwhile
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _answering(url: str, process: "subprocess.Popen[bytes]", seconds: float = 120) -> str:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/health/ready", timeout=2):
                return url
        except OSError:
            time.sleep(0.3)
    raise SystemExit("The stack does not answer; see var/stack/*.log")
