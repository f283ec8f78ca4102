"""Readers that stop reading: what they cost the server, and what the others notice of them."""

from collections.abc import Iterator
from typing import Any, Final

from tests.load.bench import figures
from tests.load.bench.driver import Driver
from tests.load.bench.houses import ours
from tests.load.bench.options import FAULTS, Options
from tests.load.bench.tables import Table

_PEOPLE: Final = 500
_STALLED: Final = 50
_TEXT: Final = 3_900  # characters
_BURST: Final = 10  # messages at once: the first leaves alone, the others in a frame of 36 kB
_RATE: Final = 20.0  # messages a second
_SECONDS: Final = 10.0
_EARLY: Final = {"ANFITEATRO_ROOM_STALL_SECONDS": "8"}  # instead of 60, so that the end is seen
_MOST: Final = 2.0  # MB
_HEADS: Final = (
    "server",
    "stopped reading",
    "kB/frame",
    "p50 ms of the others",
    "p99 ms of the others",
    "MB grown",
    "MB per stopped reader",
    "how they were closed",
    "server CPU",
    "generator CPU",
)


def measure(options: Options) -> Iterator[Table]:
    table = Table("slow", "Readers that stop reading", _HEADS)
    for server, database in options.kinds:
        runs: dict[int, dict[str, Any]] = {}
        for stalled in (0, _STALLED):
            try:
                runs[stalled] = _run(server, database, (options.people or (_PEOPLE,))[0], stalled)
            except FAULTS as error:
                table.fail(f"{server}, {database}", error)
                continue
            _row(table, f"{server}, {database}", stalled, runs[stalled], runs[0]["grown"] if 0 in runs else 0)
        if len(runs) == 2:
            _judge(table, server, runs)
    table.notes.append(
        "`MB grown` is the server's memory after ten seconds, everybody still connected; a stopped reader's share is"
        " what it exceeds the run without them by. They are closed after 8 seconds without progress, 60 in earnest."
    )
    yield table


def _run(server: str, database: str, people: int, stalled: int) -> dict[str, Any]:
    with ours(server, database, extra=_EARLY) as house, Driver(house.kind, house.pids) as driver:
        driver.join(house.people(people), padding=_TEXT)
        driver.pace(_RATE, seconds=2.0, burst=_BURST)
        before = figures.memory(house.pids[0])
        if stalled:
            driver.order("stall", count=stalled)
        run = driver.pace(_RATE, seconds=_SECONDS, warm=0.0, burst=_BURST)
        run["grown"] = (figures.memory(house.pids[0]) - before) / 1e6
        if stalled:
            driver.pace(_RATE, seconds=_SECONDS, warm=0.0, burst=_BURST)
            run |= driver.order("wake", seconds=10.0)
        return run


def _row(table: Table, on: str, stalled: int, run: dict[str, Any], usual: float) -> None:
    ends = [f"{count} × {code}" for code, count in run["ends"].items()] if stalled else []
    table.add(
        on,
        stalled,
        run["bytes"] / max(1, run["frames"]) / 1000,
        run["latency"]["p50"],
        run["latency"]["p99"],
        run["grown"],
        (run["grown"] - usual) / stalled if stalled else "",
        ", ".join([*ends, f"{run['open']} not at all"]) if stalled else "",
        run["server_cpu"][0],
        run["generator_cpu"],
    )


def _judge(table: Table, server: str, runs: dict[int, dict[str, Any]]) -> None:
    without, with_them = runs[0], runs[_STALLED]
    each = (with_them["grown"] - without["grown"]) / _STALLED
    closed = _STALLED - with_them["open"]
    table.demand(f"a stopped reader's memory, {server}", f"≤ {_MOST:g} MB", f"{each:.3g} MB", each <= _MOST)
    table.demand(f"stopped readers closed, {server}", f"{_STALLED}", f"{closed}", closed == _STALLED)
    usual, found = without["latency"]["p99"], with_them["latency"]["p99"]
    most = 1.5 * usual + 10
    table.demand(
        f"p99 of the others, {server}", f"≤ {most:.3g} ms (1.5 × without, + 10)", f"{found:.3g} ms", found <= most
    )
