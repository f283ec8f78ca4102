"""No line of a log bears what opens something, whoever writes it."""

import logging

import pytest

from config.log_secrets import Line, without_secrets

PLANTED = "pLaNtEd-5eCrEt"


@pytest.mark.parametrize(
    "line",
    [
        f"Not Found: /join/{PLANTED}/",
        f"Forbidden: /withdraw/{PLANTED}/back/",
        f"Internal Server Error: /first/{PLANTED}/",
        f"GET /media/at/{PLANTED}/window/ 403",
        f"/accounts/password/reset/key/3-{PLANTED}/ failed",
        f'"GET /accounts/confirm-email/{PLANTED}/ HTTP/1.1" 404',
        f"https://site.example/join/{PLANTED}/?next=/{PLANTED}",
        f"/live/abc/door/?code={PLANTED}&t=1",
        f"/ws/room?ticket={PLANTED}",
        f'hello {{"ticket": "{PLANTED}", "seen": 3}}',
        f"password='{PLANTED}'",
        f"Cookie: {PLANTED}",
        f"csrfmiddlewaretoken={PLANTED}",
        f"could not connect to postgresql://anfiteatro:{PLANTED}@db:5432/anfiteatro",
        f"redis://:{PLANTED}@redis:6379/0 refused",
    ],
)
def test_a_planted_secret_is_gone(line: str) -> None:
    assert PLANTED not in without_secrets(line)
    assert "…" in without_secrets(line)


@pytest.mark.parametrize(
    "line",
    [
        "Not Found: /cases/abc123/",
        "The periodic job cases.overdue failed",
        "2026-11-29 10:00:00 WARNING django.request Bad Request: /live/k3j2/poll",
        "people join the room and withdraw; first/last",
    ],
)
def test_a_line_without_secrets_stays(line: str) -> None:
    assert without_secrets(line).split("first/")[0] == line.split("first/")[0]


def test_a_traceback_is_looked_at_too() -> None:
    try:
        raise ValueError(f"cannot open /join/{PLANTED}/")
    except ValueError as error:
        record = logging.LogRecord("a", 40, "f", 1, "failed at %s", (f"/join/{PLANTED}/",), (type(error), error, None))
    assert PLANTED not in Line("%(message)s").format(record)
