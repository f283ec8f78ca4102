"""Secrets planted in requests to a real server, and to nginx before it, are in no log of theirs."""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
from django.conf import settings

from config.server.headers import HEADERS
from scripts.stack import render
from tests.load.servers import free_ports, spawned

PLANTED = "pLaNtEd5eCrEt"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin") or ""
PATHS = [
    f"/join/{PLANTED}/",
    f"/withdraw/{PLANTED}/back/",
    f"/first/{PLANTED}/",
    f"/media/at/{PLANTED}/window/",
    f"/uploads/{PLANTED}/",
    f"/accounts/password/reset/key/3-{PLANTED}/",
    f"/accounts/login/code/confirm/?code={PLANTED}",
    f"/live/abc/check-in/?code={PLANTED}",
    f"/live/abc/poll?ticket={PLANTED}",
    f"/ws/abc?ticket={PLANTED}",
]


def ask(port: int, path: str) -> str:
    """The head of the answer. The secret is in the address, a cookie, the Referer, and a form."""
    body = f"code={PLANTED}&password={PLANTED}"
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Cookie: anfiteatro_session={PLANTED}; anfiteatro_csrf={PLANTED}",
        f"Referer: http://127.0.0.1:{port}/join/{PLANTED}/",
        f"Authorization: Bearer {PLANTED}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    with socket.create_connection(("127.0.0.1", port), timeout=30) as wire:
        wire.sendall("\r\n".join([*lines, "", body]).encode())
        got = b""
        while piece := wire.recv(65_536):
            got += piece
    return got.partition(b"\r\n\r\n")[0].decode("latin-1")


def test_the_servers_log_bears_none() -> None:
    """At the level that says most."""
    with spawned(1, more={"ANFITEATRO_LOG_LEVEL": "DEBUG"}) as site:
        for path in PATHS:
            ask(site.port(0), path)
        site.terminate(0)
        log = "".join(file.read_text() for file in site.folder.glob("*.log"))
    assert "/join/…" in log  # it does log such requests
    assert [line for line in log.splitlines() if PLANTED in line] == []


@pytest.mark.skipif(not NGINX, reason="nginx is not installed")
def test_nginx_logs_none_and_tells_browsers_the_same(tmp_path: Path) -> None:
    """Nothing is behind it: whatever it answers is its own."""
    front, behind = free_ports(2)
    template: str = (settings.BASE_DIR / "deploy" / "nginx.conf.template").read_text()
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "a.0123456789ab.js").write_text("1;")
    for path in (tmp_path, tmp_path / "static"):
        path.chmod(0o755)
    (tmp_path / "static" / "a.0123456789ab.js").chmod(0o644)
    values = {
        "NGINX_RUN": str(tmp_path),
        "NGINX_ACCESS_LOG": str(tmp_path / "access.log"),
        "NGINX_LISTEN": f"127.0.0.1:{front}",
        "NGINX_STATIC": str(tmp_path / "static"),
        "NGINX_BUCKET": "anfiteatro",
        "NGINX_STORAGE": f"http://127.0.0.1:{behind}",
        "NGINX_SERVERS": f"server 127.0.0.1:{behind};",
    }
    (tmp_path / "nginx.conf").write_text(render(template, values))
    with (tmp_path / "errors.log").open("wb") as errors:
        command = [NGINX, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"), "-g", "daemon off;"]
        nginx = subprocess.Popen(command, stdout=errors, stderr=errors)
    try:
        _until_it_listens(front, nginx)
        heads = {path: ask(front, path) for path in [*PATHS, "/static/a.0123456789ab.js", "/static/none.js"]}
    finally:
        nginx.terminate()
        nginx.wait(20)
    logs = (tmp_path / "access.log").read_text() + (tmp_path / "errors.log").read_text()
    assert "POST /join/" in logs
    assert [line for line in logs.splitlines() if PLANTED in line] == []
    for path, head in heads.items():
        said = head.lower().splitlines()
        assert [name for name in HEADERS if sum(line.startswith(f"{name.lower()}:") for line in said) != 1] == [], path


def _until_it_listens(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            os.sched_yield()
    raise AssertionError("nginx does not listen")
