"""One room on two processes, PostgreSQL and Redis between them."""

from collections.abc import Iterator
from typing import Any, Final

from tests.load.bench import latency
from tests.load.bench.driver import Driver
from tests.load.bench.houses import ours
from tests.load.bench.options import FAULTS, Options
from tests.load.bench.tables import Table

_PROCESSES: Final = 2
_ROOMS: Final = {8_000: (10.0, 50.0), 10_000: (10.0,)}  # people: messages a second


def measure(options: Options) -> Iterator[Table]:
    heads = ("people", "messages/s", "p50 ms", "p99 ms", "worst ms", "ack p50", "ack p99", "arrived", "µs CPU/delivery")
    for server in dict.fromkeys(server for server, _ in options.kinds):
        table = Table(f"wide-{server}", f"One room on two processes: {server}", (*heads, "server CPU", "generator CPU"))
        for people in options.people or tuple(_ROOMS):
            try:
                _measure(table, options, server, people)
            except FAULTS as error:
                table.fail(f"{people:,}", error)
        table.notes.append(
            "Nothing is tied to a core here: two servers, PostgreSQL, Redis and the generator share all."
        )
        yield table


def _measure(table: Table, options: Options, server: str, people: int) -> None:
    with (
        ours(server, "postgresql", count=_PROCESSES, redis=True) as house,
        Driver(house.kind, house.pids, pinned=False) as driver,
    ):
        driver.join(house.people(people))
        for rate in options.rates or _ROOMS.get(people, (10.0,)):
            run: dict[str, Any] = driver.pace(rate, seconds=max(options.seconds, 6.0))
            latency.row(table, people, rate, run)
            found = f"p99 {run['latency']['p99']:.3g} ms"
            name = f"{people:,} people on two processes hold {rate:g} messages/s, {server}"
            table.demand(name, "all arrive, p99 < 2 s", found, latency.arrived(run) and run["latency"]["p99"] < 2_000)
