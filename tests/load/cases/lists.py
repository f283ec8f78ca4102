"""How lists and the search grow: the same pages over a hundred cases and over ten thousand, side by side in one run."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

import httpx

from scripts import services
from tests.load import scaled
from tests.load.servers import ROOT, Servers, spawned

FEW, MANY = 100, 10_000
PAGES: Final = {
    "the author's list": ("trainee", "/cases/"),
    "the queue, a coordinator": ("coordinator", "/cases/queue/"),
    "the queue, a mentor": ("mentor", "/cases/queue/"),
    "search of a common word, a coordinator": ("coordinator", "/cases/search/?q=fiebre"),
    "search of a common word, a mentor": ("mentor", "/cases/search/?q=fiebre"),
    "search of two words, a mentor": ("mentor", "/cases/search/?q=onfalocele+recidivada"),
    "search of two words, a trainee": ("trainee", "/cases/search/?q=gastrosquisis+neonatal"),
}


@contextmanager
def filled(count: int, database: str) -> Iterator[tuple[Servers, dict[str, str]]]:
    """A server over so many cases, and the cookies of its people; `database` is the URL of a PostgreSQL server that
    lends a database, or empty for SQLite.
    """
    with ExitStack() as stack:
        url = stack.enter_context(scaled.own_database(database)) if database else ""
        servers = stack.enter_context(spawned(database=url))
        done = subprocess.run(
            [sys.executable, "tests/load/cases/fill.py", str(count)],
            cwd=ROOT,
            env=servers.settings,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(done.stderr)
        yield servers, json.loads(done.stdout.splitlines()[-1])


def tables(rounds: int) -> Iterator[str]:
    """The table on SQLite, and on PostgreSQL where one answers."""
    yield "### Lists and search, SQLite\n"
    yield from measure(rounds, "")
    if postgresql := services.postgresql():
        yield "\n### Lists and search, PostgreSQL\n"
        yield from measure(rounds, postgresql)
    else:
        yield "\nPostgreSQL was not measured: none answers."


def measure(rounds: int, database: str = "") -> Iterator[str]:
    """Lines of a table: median and worst of the answers' milliseconds, few and many, and their ratio."""
    yield f"| page | {FEW} cases, p50 / worst ms | {MANY:,} cases, p50 / worst ms | ratio of p50 | kB |"
    yield "|---|---|---|---|---|"
    with filled(FEW, database) as few, filled(MANY, database) as many:
        for name, (role, path) in PAGES.items():
            taken: tuple[list[float], list[float]] = ([], [])
            with client(few, role) as small, client(many, role) as large:
                for browser in (small, large):
                    visit(browser, path)  # the first one compiles templates
                for _ in range(rounds):  # by turns, so that both see the same machine
                    for browser, times in zip((small, large), taken, strict=True):
                        began = time.perf_counter()
                        size = visit(browser, path)
                        times.append((time.perf_counter() - began) * 1000)
            middle = [statistics.median(times) for times in taken]
            yield (
                f"| {name} | {middle[0]:.0f} / {max(taken[0]):.0f} | {middle[1]:.0f} / {max(taken[1]):.0f}"
                f" | {middle[1] / middle[0]:.2f} | {size / 1000:.1f} |"
            )


def client(house: tuple[Servers, dict[str, str]], role: str) -> httpx.Client:
    """A signed-in browser on this server."""
    servers, cookies = house
    return httpx.Client(base_url=servers.urls[0], cookies={"anfiteatro_session": cookies[role]}, timeout=60)


def visit(browser: httpx.Client, path: str) -> int:
    """The bytes of the page, compressed."""
    answer = browser.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return int(answer.headers.get("content-length", len(answer.content)))
