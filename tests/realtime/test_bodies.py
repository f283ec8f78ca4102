"""What is too large is refused before it is kept, by real servers over real sockets."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from django.conf import settings

from config.server.body_limits import MOST

ROOT: Path = settings.BASE_DIR
GIGABYTES = 2 * 1024**3


@pytest.fixture(scope="module", params=["daphne", "uvicorn"])
def server(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[int]:
    """Its port."""
    folder = tmp_path_factory.mktemp(request.param)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {
        **{k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}},
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'platform'}",
        "SECRET_KEY": "tests-only-and-long-enough-for-any-check-that-counts-letters",
        "DEBUG": "1",  # pages without collected static files
        "TMPDIR": str(folder),
        "ANFITEATRO_ENV_FILE": os.devnull,
        "ANFITEATRO_TASK_RUNNER": "worker",
        "ANFITEATRO_SITE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "EMAIL_URL": "dummy:",
    }
    command = [sys.executable, "-m", "config.server", "--port", str(port), "--server", request.param]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
        try:
            _until_it_listens(process, port)
            yield port
            assert process.poll() is None
        finally:
            process.kill()
            process.wait(10)
    assert "Traceback" not in (folder / "log").read_text()


def _until_it_listens(process: subprocess.Popen[bytes], port: int) -> None:
    while process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
    raise AssertionError("the server did not start")


def _refused(port: int, head: str, *, chunk: bytes, most: int) -> tuple[bytes, int]:
    """What is answered to a body that goes on and on, and how many of its bytes were taken until then."""
    sent = 0
    with socket.create_connection(("127.0.0.1", port), timeout=30) as link:
        link.sendall(f"PUT /uploads/x/parts/1/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{head}\r\n\r\n".encode())
        with suppress(OSError):
            while sent < most:
                link.sendall(chunk)
                sent += len(chunk)
        answer = b""
        with suppress(OSError):
            while got := link.recv(4096):
                answer += got
    return answer, sent


def test_two_gigabytes_of_zeros_are_not_read(server: int) -> None:
    answer, sent = _refused(server, f"Content-Length: {GIGABYTES}", chunk=b"\0" * 65_536, most=64 * 1024**2)
    assert answer == b"" or b" 413 " in answer.split(b"\r\n")[0]
    assert sent < 64 * 1024**2, "it took all that was sent"
    assert _answers(server)


def test_zeros_without_end_in_chunks_are_let_go(server: int) -> None:
    chunk = b"10000\r\n" + b"\0" * 65_536 + b"\r\n"
    _, sent = _refused(server, "Transfer-Encoding: chunked", chunk=chunk, most=64 * 1024**2)
    assert sent < 64 * 1024**2
    assert _answers(server)


def test_a_declared_body_that_is_too_large_is_told_so(server: int) -> None:
    with socket.create_connection(("127.0.0.1", server), timeout=30) as link:
        link.sendall(f"PUT / HTTP/1.1\r\nHost: 127.0.0.1:{server}\r\nContent-Length: {MOST + 1}\r\n\r\n".encode())
        assert b" 413 " in link.recv(4096).split(b"\r\n")[0]


def test_what_is_not_too_large_comes_through(server: int) -> None:
    answer = httpx.put(f"http://127.0.0.1:{server}/uploads/x/parts/1/", content=b"\0" * (MOST - 1))
    assert answer.status_code in (302, 403)  # on to the view, which asks who this is


def _answers(port: int) -> bool:
    return httpx.get(f"http://127.0.0.1:{port}/health/live").status_code == 200
