"""What every answer tells the browser, on the wire of both servers and in nginx's configuration."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from config.log_secrets import SECRET_PATHS
from config.server.headers import HEADERS, HSTS, added_to, headers
from tests.load.servers import Servers, free_ports, spawned

NGINX: str = (settings.BASE_DIR / "deploy" / "nginx.conf.template").read_text()
UPGRADE = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)
REQUESTS = {
    "a page": ("GET / HTTP/1.1", ""),
    "no page": ("GET /nowhere/ HTTP/1.1", ""),
    "health": ("GET /health/live HTTP/1.1", ""),
    "readiness": ("GET /health/ready HTTP/1.1", ""),
    "a static file": ("GET /static/staticfiles.json HTTP/1.1", ""),
    "no static file": ("GET /static/nowhere.js HTTP/1.1", ""),
    "a redirect": ("GET /admin HTTP/1.1", ""),
    "no method": ("POST /health/live HTTP/1.1", "Content-Length: 0\r\n"),
    "a forged form": ("POST /accounts/login/ HTTP/1.1", "Content-Length: 0\r\n"),
    "a medium": ("GET /media/at/forged/ HTTP/1.1", ""),
    "another host": ("GET / HTTP/1.1", "X-Other: 1\r\n"),
    "a body too large": ("POST / HTTP/1.1", "Content-Length: 99999999\r\n"),
    "a long poll": ("GET /live/nowhere/poll HTTP/1.1", ""),
    "a refused socket": ("GET /ws/nowhere HTTP/1.1", UPGRADE + "Origin: https://elsewhere.example\r\n"),
    "a header that is none": ("GET / HTTP/1.1", "X-Torn: a\x0bb\r\n"),
}


def answer(port: int, line: str, more: str) -> tuple[int, dict[str, str]]:
    """Status and headers of one request, sent as it is."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
        wire.sendall(f"{line}\r\nHost: 127.0.0.1:{port}\r\n{more}\r\n".encode("latin-1"))
        got = b""
        while b"\r\n\r\n" not in got and (piece := wire.recv(65_536)):
            got += piece
    head, *lines = got.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    names = [line.partition(": ")[0].lower() for line in lines]
    assert len({name for name in names if name != "set-cookie"}) == len([n for n in names if n != "set-cookie"]), lines
    return int(head.split()[1]), {name: line.partition(": ")[2] for name, line in zip(names, lines, strict=True)}


@pytest.mark.parametrize("server", ["daphne", "uvicorn"])
def test_every_answer_has_them(server: str) -> None:
    (port,) = free_ports(1)
    with spawned(0) as site:
        site.program = ("-m", "config.server", "--server", server)
        site.settings["ANFITEATRO_SITE_URL"] = f"http://127.0.0.1:{port}"
        site.start(port)
        missing, statuses = {}, {}
        for name, (line, more) in REQUESTS.items():
            if server == "uvicorn" and name == "a header that is none":
                continue  # answered by its parser, before anything of ours
            statuses[name], got = answer(port, line, more)
            if absent := sorted(each for each in HEADERS if each.lower() not in got):
                missing[name] = absent
    assert missing == {}
    assert statuses["a page"] == 200 and statuses["a refused socket"] == 403 and statuses["a body too large"] == 413
    assert statuses["no page"] == 404


def test_what_an_application_says_itself_stands() -> None:
    given = [(b"Content-Security-Policy", b"script-src 'self'"), (b"x-frame-options", b"SAMEORIGIN")]
    got = added_to(given)
    assert got[:2] == given
    assert len(got) == len(HEADERS)


def test_over_https_the_browser_is_told_to_stay_there(settings: object) -> None:
    assert "Strict-Transport-Security" not in headers()
    settings.HTTPS = True  # type: ignore[attr-defined]
    assert headers()["Strict-Transport-Security"] == HSTS


def test_nginx_says_the_same_of_its_own_answers() -> None:
    for name, value in HEADERS.items():
        snake = name.lower().replace("-", "_")
        assert f'map $upstream_http_{snake} $own_{snake} {{\n        "" "{value}";' in NGINX
        assert f"add_header {name} $own_{snake} always;" in NGINX
    assert f'" https" "{HSTS}";' in NGINX
    inside = NGINX.split("location /static/", 1)[1]
    assert "add_header" not in inside  # or the location would have none of the server's


def test_nginx_logs_none_of_the_secret_paths() -> None:
    (listed,) = re.findall(r"\(\?<secret>([^)]+)\)", NGINX)
    assert set(listed.split("|")) == {*SECRET_PATHS, "${NGINX_BUCKET}"}
    assert "error_log stderr emerg;" in NGINX
    (form,) = re.findall(r"log_format line (.+?);", NGINX, flags=re.S)
    assert not re.search(
        r"\$(request\b|request_uri|uri|args|query_string|http_|cookie_)", form.replace("$request_", "$")
    )


def test_cookies_are_the_hosts_own_over_https(tmp_path: Path) -> None:
    """`__Host-` is refused by browsers without Secure, with a Domain or another path: all of it is so."""
    asked = (
        "from django.conf import settings as s; import django; "
        "django.setup(); from web.notices import HostCookie as h;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, "
        "s.LANGUAGE_COOKIE_NAME, h.cookie_name, s.SESSION_COOKIE_SECURE,"
        "s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE, s.SESSION_COOKIE_DOMAIN, s.CSRF_COOKIE_DOMAIN,"
        "s.LANGUAGE_COOKIE_DOMAIN, s.SESSION_COOKIE_PATH, s.CSRF_COOKIE_PATH, s.LANGUAGE_COOKIE_PATH)"
    )
    with spawned(0, database=f"sqlite:///{tmp_path / 'none.sqlite3'}", is_ready=True) as site:
        for url, prefix, secure in (("https://a.example", "__Host-", "True"), ("http://127.0.0.1:8000", "", "False")):
            words = _python(site, asked, url).split()
            assert words[:4] == [
                f"{prefix}{name}" for name in ("anfiteatro_session", "anfiteatro_csrf", "django_language", "messages")
            ]
            assert words[4:7] == [secure] * 3
            assert words[7:] == ["None"] * 3 + ["/"] * 3


def _python(site: Servers, code: str, url: str) -> str:

    env = site.settings | {"ANFITEATRO_SITE_URL": url, "ANFITEATRO_ORIGINS": url}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    return done.stdout
