"""How often the database is asked: per message, per join, per heartbeat."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from tests.load.bench import counts
from tests.load.bench.counts import Counts
from tests.load.bench.driver import Driver
from tests.load.bench.houses import House, ours
from tests.load.bench.options import FAULTS, Options
from tests.load.bench.tables import Table, times

_HEADS: Final = ("what", "how many", "statements each", "commits each", "statements/s", "commits/s")
_TRACED: Final = ("-m", "tests.load.bench.traced")
_PINGS: Final = 20.0  # seconds between two of them
_TICK: Final = 2.0  # seconds between two writes of attendance
_ALONE: Final = 10.0  # seconds
_RATES: Final = (1.0, 50.0, 200.0)


def measure(options: Options) -> Iterator[Table]:
    table = Table("queries", "What the database is asked: daphne, sqlite", _HEADS)
    people = (options.people or (1_000,))[0]
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "counts"
            counts.make(file)
            with ours(program=_TRACED, extra={"BENCH_COUNTS": str(file)}) as house:
                _rows(table, house, file, people, is_quick=options.is_quick)
    except FAULTS as error:
        table.fail("everything", error)
    table.notes.append(
        "Marks of transactions (BEGIN, SAVEPOINT) are not counted as statements. Heartbeats are shown less what a room"
        " with one person asks in the same time, messages less what the room asks when it is quiet."
    )
    yield table


def _rows(table: Table, house: House, file: Path, people: int, *, is_quick: bool) -> None:
    rounds, rates = (1, _RATES[-1:]) if is_quick else (2, _RATES)

    def counted(work: Callable[[], dict[str, Any]]) -> tuple[dict[str, Any], Counts]:
        before = Counts.of(file)
        return work(), Counts.of(file) - before

    with Driver(house.kind, house.pids) as driver:
        driver.join(house.people(1))
        driver.idle(3.0)
        alone, room = counted(lambda: driver.idle(_ALONE))
        _add(table, "a room with one person", 1, room, alone["seconds"])
        seats = house.people(people, room=house.rooms[-1], first=1)
        storm, asked = counted(lambda: driver.join(seats, at_once=people))
        _add(table, f"join, {people:,} at once", people, asked, storm["seconds"])
        driver.idle(5.0)
        quiet, background = counted(lambda: driver.idle(rounds * _PINGS))
        beats = people * rounds
        heartbeats = background.beyond(room, quiet["seconds"] / alone["seconds"])
        _add(table, "heartbeat", beats, heartbeats, quiet["seconds"])
        for rate in rates:
            run, asked = counted(lambda rate=rate: driver.pace(rate, seconds=8.0, warm=0.0))  # type: ignore[misc]
            own = asked.beyond(background, run["seconds"] / quiet["seconds"])
            _add(table, f"message, {rate:g}/s", run["posted"], own, run["seconds"])
            if rate == max(_RATES):
                each = own.commits / run["posted"]
                table.demand("commits per message at 200/s", "≤ 1", f"{each:.3g}", each <= 1, is_safe=True)
    tick = times(background.commits, quiet["seconds"] / _TICK + 1)
    table.demand("commits per tick for everybody's heartbeats", "≤ 1", f"{tick:.3g}", tick <= 1, is_safe=True)


def _add(table: Table, what: str, number: int, asked: Counts, seconds: float) -> None:
    each = (times(asked.statements, number), times(asked.commits, number))
    table.add(what, number, *each, asked.statements / seconds, asked.commits / seconds)
