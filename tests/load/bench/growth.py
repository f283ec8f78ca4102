"""What a message and a frame cost as the room grows, at one and the same rate."""

from collections.abc import Iterator
from typing import Final

from tests.load.bench.driver import Driver
from tests.load.bench.houses import ours
from tests.load.bench.latency import arrived
from tests.load.bench.options import FAULTS, Options
from tests.load.bench.saturation import cpu_each
from tests.load.bench.tables import Table

_PEOPLE: Final = (250, 500, 1_000, 2_000, 4_000, 8_000)
_RATE: Final = 10.0  # messages a second
_MOST: Final = 1.5  # times what a frame costs in the smallest room
_HEADS: Final = (
    "people",
    "messages/s",
    "ms CPU/message",
    "µs CPU/delivery",
    "µs CPU/frame",
    "p99 ms",
    "arrived",
    "server CPU",
    "generator CPU",
)


def measure(options: Options) -> Iterator[Table]:
    for server, database in options.kinds:
        yield _table(options, server, database)


def _table(options: Options, server: str, database: str) -> Table:
    table = Table(f"growth-{server}-{database}", f"Cost as the room grows: {server}, {database}", _HEADS)
    frame: dict[int, float] = {}
    for people in options.people or _PEOPLE:
        try:
            with ours(server, database) as house, Driver(house.kind, house.pids) as driver:
                driver.join(house.people(people))
                run = driver.pace(_RATE, seconds=max(options.seconds, 6.0))
        except FAULTS as error:
            table.fail(f"{people:,}", error)
            continue
        frame[people] = cpu_each(run, "frames")
        table.add(
            people,
            _RATE,
            cpu_each(run, "posts") / 1000,
            cpu_each(run, "deliveries"),
            frame[people],
            run["latency"]["p99"],
            "all" if arrived(run) else "**not all**",
            run["server_cpu"][0],
            run["generator_cpu"],
        )
    if len(frame) > 1:
        ratio = frame[max(frame)] / frame[min(frame)]
        name = f"cost of a frame, {max(frame):,} people ÷ {min(frame):,}"
        table.demand(name, f"≤ {_MOST:g}", f"{ratio:.3g}", ratio <= _MOST)
    return table
