"""Everybody comes at once: seconds until the last has been welcomed."""

from collections import defaultdict
from typing import Any, Final

from tests.load.bench.driver import Driver
from tests.load.bench.figures import median
from tests.load.bench.houses import ours
from tests.load.bench.options import Options
from tests.load.bench.tables import Table

_HEADS: Final = (
    "people",
    "seconds",
    "slowest round",
    "µs CPU/join",
    "kB/join",
    "refused",
    "server CPU",
    "generator CPU",
)
_GOALS: Final = {235: 1.0, 1_000: 2.0, 2_000: 5.0}


def measure(options: Options) -> list[Table]:
    return [_table(options, server, database) for server in options.servers for database in options.databases]


def _table(options: Options, server: str, database: str) -> Table:
    table = Table(f"joins-{server}-{database}", f"Join storm: {server}, {database}", _HEADS)
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for _ in range(options.rounds):
        for people in options.people or tuple(_GOALS):
            try:
                with ours(server, database) as house, Driver(house.kind, house.pids) as driver:
                    driver.join(house.people(1), at_once=1)  # the first visitor opens the room
                    seats = house.people(people, room=house.rooms[-1], first=1)
                    found[people].append(driver.join(seats, at_once=people))
            except options.faults as error:
                table.fail(f"{people:,}", error)
    for people, runs in found.items():
        seconds = [run["seconds"] for run in runs]
        table.add(
            people,
            median(seconds),
            max(seconds),
            median([run["server_cpu"][0] * run["seconds"] / people * 1e6 for run in runs]),
            median([run["bytes"] / people / 1000 for run in runs]),
            sum(sum(run["refused"].values()) for run in runs),
            median([run["server_cpu"][0] for run in runs]),
            median([run["generator_cpu"] for run in runs]),
        )
        if server == "daphne" and people in _GOALS:
            wanted = _GOALS[people]
            table.demand(
                f"join storm, {people:,} people",
                f"< {wanted:g} s",
                f"{median(seconds):.3g} s",
                median(seconds) < wanted,
            )
    return table
