"""Everybody comes at once: seconds until the last has been welcomed."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from tests.load.bench.driver import Driver
from tests.load.bench.figures import median
from tests.load.bench.houses import ours
from tests.load.bench.options import FAULTS, Options
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
_GOALS: Final = {235: 1, 1_000: 2, 2_000: 5}


def measure(options: Options) -> Iterator[Table]:
    for server, database in options.kinds:
        yield _table(options, server, database)


def _table(options: Options, server: str, database: str) -> Table:
    table = Table(f"joins-{server}-{database}", f"Join storm: {server}, {database}", _HEADS)
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for _ in range(options.rounds):
        for people in options.people or tuple(_GOALS):
            try:
                found[people].append(_storm(server, database, people))
            except FAULTS as error:
                table.fail(f"{people:,}", error)
    for people, runs in found.items():
        seconds = [run["seconds"] for run in runs]
        cpu = [run["server_cpu"][0] for run in runs]
        table.add(
            people,
            median(seconds),
            max(seconds),
            median([share * taken / people * 1e6 for share, taken in zip(cpu, seconds, strict=True)]),
            median([run["bytes"] / people / 1000 for run in runs]),
            sum(sum(run["refused"].values()) for run in runs),
            median(cpu),
            median([run["generator_cpu"] for run in runs]),
        )
        if server == "daphne" and people in _GOALS:
            taken, wanted = median(seconds), _GOALS[people]
            table.demand(f"join storm, {people:,} people", f"< {wanted} s", f"{taken:.3g} s", taken < wanted)
    return table


def _storm(server: str, database: str, people: int) -> dict[str, Any]:
    with ours(server, database) as house, Driver(house.kind, house.pids) as driver:
        driver.join(house.people(1))  # the first visitor opens the room
        return driver.join(house.people(people, room=house.rooms[-1], first=1), at_once=people)
