"""How many messages a second reach people when posters never pause."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from typing import Any, Final

from tests.load.bench.driver import Driver
from tests.load.bench.figures import median, rest
from tests.load.bench.houses import UNGATHERED, House, ours, reference
from tests.load.bench.options import FAULTS, Options
from tests.load.bench.tables import Table, times

# Messages each of 16 posters keeps under way: enough that more brings no more, few enough that queues stay short.
WINDOWS: Final = {"gathering": 48, "not gathering": 16, "textbook": 1, "broadcast": 8}
_GOALS: Final[dict[int, dict[tuple[str, str], float]]] = {  # by people: (design, reference) → at least so many times
    235: {("gathering", "textbook"): 100, ("gathering", "broadcast"): 2.5, ("not gathering", "textbook"): 6},
    1_000: {("gathering", "textbook"): 200, ("not gathering", "textbook"): 15},
}
_SAFE: Final[dict[tuple[str, str], float]] = {
    ("gathering", "textbook"): 30
}  # per second of the server's CPU, whoever else needs the machine
_HEADS: Final = (
    "design",
    "deliveries/s",
    "× textbook",
    "× broadcast",
    "frames/s",
    "messages/frame",
    "MB/s",
    "p50 ms",
    "µs CPU/delivery",
    "server CPU",
    "generator CPU",
)

Variant = tuple[str, str]  # the design, and the server and database it runs on
Design = Callable[[], AbstractContextManager[House]]


def variants(options: Options) -> dict[Variant, Design]:
    """What is compared: our design both ways on every server and database, and the references."""
    found: dict[Variant, Design] = {}
    for server, database in options.kinds:
        on = f"{server}, {database}"
        found["gathering", on] = partial(ours, server, database)
        found["not gathering", on] = partial(ours, server, database, extra=UNGATHERED)
    found["textbook", "daphne"] = partial(reference, "textbook")
    found["broadcast", "websockets"] = partial(reference, "broadcast")
    return {name: design for name, design in found.items() if not options.designs or name[0] in options.designs}


def measure(options: Options) -> Iterator[Table]:
    """One table for each number of people; the designs in turn, round by round, each in a new room."""
    with ExitStack() as stack:
        houses: dict[Variant, House | BaseException] = {}
        for name, design in variants(options).items():
            try:
                houses[name] = stack.enter_context(design())
            except FAULTS as error:
                houses[name] = error
        for people in options.people or (235, 1_000):
            yield _table(options, houses, people)


def _table(options: Options, houses: Mapping[Variant, House | BaseException], people: int) -> Table:
    table = Table(f"saturation-{people}", f"Saturation, {people:,} people", _HEADS)
    found: defaultdict[Variant, list[dict[str, Any]]] = defaultdict(list)
    for number in range(options.rounds):
        for name, house in houses.items():
            try:
                found[name].append(_flooded(options, name[0], house, people))
            except FAULTS as error:
                table.fail(", ".join(name), error)
        print(f"  … round {number + 1} of {options.rounds}", flush=True)
    rates = {name: median([run["deliveries"] / run["seconds"] for run in runs]) for name, runs in found.items()}
    against = {design: rate for (design, _), rate in rates.items() if design in ("textbook", "broadcast")}
    for name, runs in found.items():
        ratios = (times(rates[name], against.get(each, 0)) for each in ("textbook", "broadcast"))
        table.add(", ".join(name), rates[name], *ratios, *_cells(runs))
    if options.is_quick:
        each = {name: 1 / median([cpu_each(run, "deliveries") for run in runs]) for name, runs in found.items()}
        _judge(table, each, people, _SAFE, " per second of CPU", is_safe=True)
    else:
        _judge(table, rates, people, _GOALS.get(people, {}))
    return table


def _flooded(options: Options, design: str, house: House | BaseException, people: int) -> dict[str, Any]:
    """Everybody in one room, and the closed loop; what the server still has to do afterwards is waited for."""
    if isinstance(house, BaseException):
        raise house
    with Driver(house.kind, house.pids) as driver:
        driver.join(house.people(people))
        run = driver.flood(window=options.window or WINDOWS[design], warm=2.0, seconds=options.seconds)
    rest(house.pids)
    return run


def _judge(
    table: Table,
    rates: Mapping[Variant, float],
    people: int,
    goals: Mapping[tuple[str, str], float],
    what: str = "",
    *,
    is_safe: bool = False,
) -> None:
    """The goals are for Daphne, on either database."""
    by_design = {design: rate for (design, on), rate in rates.items()}
    for (design, reference_), wanted in goals.items():
        for (name, on), rate in rates.items():
            if name == design and on.startswith("daphne") and reference_ in by_design:
                ratio = times(rate, by_design[reference_])
                title = f"{design} ÷ {reference_}{what}, {on}, {people:,} people"
                table.demand(title, f"≥ {wanted:g}", f"{ratio:.3g}", ratio >= wanted, is_safe=is_safe)


def _cells(runs: list[dict[str, Any]]) -> tuple[float, ...]:
    """Medians of the rounds."""

    def rate(name: str) -> float:
        return median([run[name] / run["seconds"] for run in runs])

    return (
        rate("frames"),
        median([times(run["deliveries"], run["frames"]) for run in runs]),
        rate("bytes") / 1e6,
        median([run["latency"]["p50"] for run in runs]),
        median([cpu_each(run, "deliveries") for run in runs]),
        median([run["server_cpu"][0] for run in runs]),
        median([run["generator_cpu"] for run in runs]),
    )


def cpu_each(run: dict[str, Any], of: str) -> float:
    """Microseconds of the servers' CPU for each of these."""
    return times(sum(run["server_cpu"]) * run["seconds"] * 1e6, run[of])
