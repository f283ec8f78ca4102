"""What a person costs who is only there: memory of the server's process."""

import time
from collections.abc import Iterator
from typing import Final

from tests.load.bench import figures
from tests.load.bench.driver import Driver
from tests.load.bench.houses import ours
from tests.load.bench.options import FAULTS, Options
from tests.load.bench.tables import Table

_HEADS: Final = ("server", "people", "MB before", "MB with everybody", "kB/person", "generator CPU")
_FIRST: Final = 20  # people who come before, so that everything is loaded
_SETTLING: Final = 4.0  # seconds
_MOST: Final = 55.0  # kB


def measure(options: Options) -> Iterator[Table]:
    table = Table("memory", "Memory per idle person", _HEADS)
    for server, database in options.kinds:
        for people in options.people or (1_000, 4_000):
            try:
                _row(table, server, database, people)
            except FAULTS as error:
                table.fail(f"{server}, {database}", error)
    yield table


def _row(table: Table, server: str, database: str, people: int) -> None:
    with ours(server, database) as house, Driver(house.kind, house.pids) as driver:
        driver.join(house.people(_FIRST))
        time.sleep(_SETTLING)
        before = figures.memory(house.pids[0])
        driver.join(house.people(people, room=house.rooms[-1], first=_FIRST))
        run = driver.idle(_SETTLING)
        after = figures.memory(house.pids[0])
    each = (after - before) / people / 1000
    table.add(f"{server}, {database}", people, before / 1e6, after / 1e6, each, run["generator_cpu"])
    if server == "daphne":
        name = f"memory per idle person, {people:,} people, {database}"
        table.demand(name, f"≤ {_MOST:g} kB", f"{each:.3g} kB", each <= _MOST)
