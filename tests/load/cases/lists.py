"""How lists and the search grow: the same pages over a hundred cases and over ten thousand, side by side in one run."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import httpx

from tests.load.servers import ROOT, Servers, spawned

FEW, MANY = 100, 10_000
PAGES: Final = {
    "the author's list": ("trainee", "/cases/"),
    "the queue": ("coordinator", "/cases/queue/"),
    "search, a common word": ("mentor", "/cases/search/?q=fiebre"),
    "search, a rare pair": ("mentor", "/cases/search/?q=onfalocele+recidivada"),
    "search, an author": ("trainee", "/cases/search/?q=gastrosquisis+neonatal"),
}


@contextmanager
def filled(count: int) -> Iterator[tuple[Servers, dict[str, str]]]:
    """A server over so many cases, and the cookies of its people."""
    with spawned() as servers:
        done = subprocess.run(
            [sys.executable, "tests/load/cases/fill.py", str(count)],
            cwd=ROOT,
            env=servers.settings,
            capture_output=True,
            text=True,
            check=True,
        )
        yield servers, json.loads(done.stdout.splitlines()[-1])


def measure(rounds: int) -> Iterator[str]:
    """Lines of a table: median and worst of the answers' milliseconds, few and many, and their ratio."""
    yield f"| page | {FEW} cases, p50 / p99 ms | {MANY:,} cases, p50 / p99 ms | ratio of p50 | kB |"
    yield "|---|---|---|---|---|"
    with filled(FEW) as few, filled(MANY) as many:
        for name, (role, path) in PAGES.items():
            taken: tuple[list[float], list[float]] = ([], [])
            size = 0
            with client(few, role) as small, client(many, role) as large:
                for _ in range(rounds):  # by turns, so that both see the same machine
                    for browser, times in ((small, taken[0]), (large, taken[1])):
                        began = time.perf_counter()
                        answer = browser.get(path)
                        times.append((time.perf_counter() - began) * 1000)
                        assert answer.status_code == 200, f"{path}: {answer.status_code}"
                        size = int(answer.headers.get("content-length", len(answer.content)))
            middle = [statistics.median(times) for times in taken]
            worst = [statistics.quantiles(times, n=100)[98] for times in taken]
            yield (
                f"| {name} | {middle[0]:.0f} / {worst[0]:.0f} | {middle[1]:.0f} / {worst[1]:.0f}"
                f" | {middle[1] / middle[0]:.2f} | {size / 1000:.1f} |"
            )


def client(house: tuple[Servers, dict[str, str]], role: str) -> httpx.Client:
    """A signed-in browser on this server; the first visit, which compiles templates, is not measured."""
    servers, cookies = house
    browser = httpx.Client(base_url=servers.urls[0], cookies={"anfiteatro_session": cookies[role]}, timeout=60)
    for _, path in PAGES.values():
        browser.get(path)
    return browser
