"""Where the server's time goes when posters never pause."""

import os
import pstats
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.load.bench.driver import Driver, Unmeasured
from tests.load.bench.houses import ours
from tests.load.bench.links import Seat
from tests.load.bench.options import FAULTS, Options
from tests.load.bench.saturation import WINDOWS
from tests.load.bench.tables import Table, times
from tests.load.servers import ROOT

_PROFILED: Final = ("-m", "tests.load.bench.profiled")
_SHOWN: Final = 15
_WAITING: Final = ("poll", "select", "acquire")  # the loop waits for news there


def measure(options: Options) -> Iterator[Table]:
    people = (options.people or (1_000,))[0]
    heads = ("function", "share %", "calls/s", "µs each")
    table = Table("hotspots", f"The event loop at saturation, {people:,} people: daphne, sqlite", heads)
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "profile"
            with ours(program=_PROFILED, extra={"BENCH_PROFILE": str(file)}) as house:
                seconds = _profile(house.pids[0], Driver(house.kind, house.pids), house.people(people), options)
                _rows(table, _stats(file), seconds)
    except FAULTS as error:
        table.fail("everything", error)
    table.notes.append(
        "Time in the function itself, without what it calls and without waiting. The profiler makes many short calls"
        " look dearer than they are."
    )
    yield table


def _profile(pid: int, driver: Driver, people: list[Seat], options: Options) -> float:
    with driver:
        driver.join(people)
        os.kill(pid, signal.SIGUSR1)
        run = driver.flood(window=options.window or WINDOWS["gathering"], warm=1.0, seconds=options.seconds)
        os.kill(pid, signal.SIGUSR2)
    return float(run["seconds"]) + 1.0


def _stats(file: Path, within: float = 10.0) -> pstats.Stats:
    deadline = time.monotonic() + within
    while not file.exists():
        if time.monotonic() > deadline:
            raise Unmeasured("the server wrote no profile")
        time.sleep(0.1)
    return pstats.Stats(str(file))


def _rows(table: Table, stats: pstats.Stats, seconds: float) -> None:
    found = stats.stats  # type: ignore[attr-defined]
    busy = {place: row for place, row in found.items() if not any(word in place[2] for word in _WAITING)}
    total = sum(row[2] for row in busy.values())
    for place, (_, calls, own, _, _) in sorted(busy.items(), key=lambda item: -item[1][2])[:_SHOWN]:
        table.add(_name(place), own / total * 100, calls / seconds, times(own * 1e6, calls))


def _name(place: tuple[str, int, str]) -> str:
    file, line, function = place
    if file == "~":
        return f"`{function}`"
    path = Path(file)
    shown = (
        path.relative_to(ROOT) if path.is_relative_to(ROOT) and ".venv" not in path.parts else Path(*path.parts[-2:])
    )
    return f"`{shown}:{line}` {function}"
