"""The tables of tests/web/answers: who is answered what at which address, and the means to ask.

A table is a text file, `<area>-read.txt` for GET and `<area>-write.txt` for POST. Its first line is `address` and the
actors, every other one an address and their answers, status by status; `login` is the way to the sign-in page.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.test.utils import CaptureQueriesContext

FOLDER = Path(__file__).parent / "web" / "answers"
REFUSED = {"login", "401", "403", "404", "405"}
Rows = dict[str, dict[str, str]]


def rows(name: str, actors: tuple[str, ...]) -> Rows:
    """Expected answers by address and actor, of the table with this file name without its ending."""
    head, *lines = (line.split() for line in (FOLDER / f"{name}.txt").read_text().strip().splitlines())
    assert head == ["address", *actors]
    assert len({line[0] for line in lines}) == len(lines)
    return {address: dict(zip(actors, cells, strict=True)) for address, *cells in lines}


def told_addresses() -> set[str]:
    """Every address that stands in some table."""
    return {line.split()[0] for path in FOLDER.glob("*.txt") for line in path.read_text().strip().splitlines()[1:]}


def visit(
    client: Client, method: str, address: str, data: Any = None, **options: Any
) -> tuple[HttpResponse, list[str]]:
    """The answer and what it wrote, taken back."""
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        answer: Any = client.get(address) if method == "GET" else client.post(address, data or {}, **options)
        transaction.set_rollback(True)
    return answer, changes(queries)


def status(answer: HttpResponse) -> str:
    """As a table says it."""
    to_login = answer.headers.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
    return "login" if to_login else str(answer.status_code)


def changes(queries: CaptureQueriesContext) -> list[str]:
    """The statements that wrote, but for those that keep browser sessions."""
    found = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    return [sql for sql in found if "django_session" not in sql]
