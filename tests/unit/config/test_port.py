"""A port is looked at before anything else is done, and a fault is told in words."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from config.server import port

ROOT: Path = settings.BASE_DIR


def test_a_free_port_has_no_fault() -> None:
    assert port.fault("127.0.0.1", 0) == ""


def test_what_is_wrong_with_a_port_is_said() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert port.fault("127.0.0.1", other.getsockname()[1]) == "another program listens there"
    assert port.fault("192.0.2.1", 0) == "this machine has no such address"
    assert port.fault("127.0.0.1", 70_000)


@pytest.mark.parametrize("server", ["daphne", "uvicorn"])
def test_a_taken_port_ends_the_start_before_anything_is_done(server: str, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        number = other.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "config.server", "--port", str(number), "--server", server],
            cwd=ROOT,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'platform'}",
                "SECRET_KEY": "tests-only-and-long-enough-for-any-check-that-counts-letters",
                "ANFITEATRO_ENV_FILE": os.devnull,
                "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
            },
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 1
    assert done.stderr == (
        f"Cannot listen on port {number} of 127.0.0.1: another program listens there. PORT=9000 chooses another one.\n"
    )
    assert list(tmp_path.iterdir()) == []
