"""How many messages a second reach people when posters never pause."""

from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, Final

from tests.load.bench.driver import Driver
from tests.load.bench.figures import median
from tests.load.bench.houses import UNGATHERED, House, ours, reference
from tests.load.bench.options import Options
from tests.load.bench.tables import Table, times

# Messages each of 16 posters keeps under way: enough that more brings no more, few enough that queues stay short.
_WINDOWS: Final = {"gathering": 48, "not gathering": 16, "textbook": 1, "broadcast": 8}
_GOALS: Final = {  # by people: (design, reference) → at least so many times
    235: {("gathering", "textbook"): 100, ("gathering", "broadcast"): 2.5, ("not gathering", "textbook"): 6},
    1_000: {("gathering", "textbook"): 200, ("not gathering", "textbook"): 15},
}

Design = Callable[[], AbstractContextManager[House]]


def designs(server: str, database: str) -> dict[str, Design]:
    """The four that are compared."""
    return {
        "gathering": partial(ours, server, database),
        "not gathering": partial(ours, server, database, extra=UNGATHERED),
        "textbook": partial(reference, "textbook"),
        "broadcast": partial(reference, "broadcast"),
    }


def measure(options: Options) -> list[Table]:
    """One table for each number of people, server and database, the designs in turn, round by round."""
    return [
        _table(options, people, server, database)
        for people in options.people or (235, 1_000)
        for server in options.servers
        for database in options.databases
    ]


def flooded(house: House, people: int, *, window: int, seconds: float, warm: float = 2.0) -> dict[str, Any]:
    """Everybody in one room, and the closed loop."""
    with Driver(house.kind, house.pids) as driver:
        driver.join(house.people(people))
        return driver.flood(window=window, warm=warm, seconds=seconds)


def _table(options: Options, people: int, server: str, database: str) -> Table:
    heads = (
        "design",
        "deliveries/s",
        "frames/s",
        "MB/s",
        "p50 ms",
        "µs CPU/delivery",
        "server CPU",
        "generator CPU",
        "×",
    )
    table = Table(
        f"saturation-{people}-{server}-{database}", f"Saturation: {people:,} people, {server}, {database}", heads
    )
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for _ in range(options.rounds):
        for name, design in designs(server, database).items():
            if options.designs and name not in options.designs:
                continue
            try:
                with design() as house:
                    window = options.window or _WINDOWS[name]
                    found[name].append(flooded(house, people, window=window, seconds=options.seconds))
            except options.faults as error:
                table.fail(name, error)
    rates = {
        name: median([figures["deliveries"] / figures["seconds"] for figures in runs]) for name, runs in found.items()
    }
    for name, runs in found.items():
        table.add(name, *_cells(runs), times(rates[name], rates.get("textbook", 0)))
    for (design, against), wanted in _GOALS.get(people, {}).items():
        if server == "daphne" and design in rates and against in rates:
            ratio = times(rates[design], rates[against])
            table.demand(f"{design} ÷ {against}, {people:,} people", f"≥ {wanted}", f"{ratio:.3g}", ratio >= wanted)
    return table


def _cells(runs: list[dict[str, Any]]) -> tuple[float, ...]:
    def of(name: str) -> float:
        return median([run[name] / run["seconds"] for run in runs])

    cpu = median([run["server_cpu"][0] * run["seconds"] / max(1, run["deliveries"]) * 1e6 for run in runs])
    return (
        of("deliveries"),
        of("frames"),
        times(of("deliveries"), of("frames")),
        of("bytes") / 1e6,
        median([run["latency"]["p50"] for run in runs]),
        cpu,
        median([run["server_cpu"][0] for run in runs]),
        median([run["generator_cpu"] for run in runs]),
    )
