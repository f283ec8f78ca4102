"""How long a message is under way, from the instant it was due to be sent to everybody's receipt."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from tests.load.bench.driver import Driver
from tests.load.bench.houses import ours
from tests.load.bench.options import FAULTS, Options
from tests.load.bench.saturation import cpu_each
from tests.load.bench.tables import Table

IDLE: Final = 0.5  # messages a second: each finds the room idle
_RATES: Final = (IDLE, 1, 10, 50, 200)
_BUSY: Final = (10, 50, 200)  # elsewhere than on the default server and database
_LEAST: Final = 8  # messages that make a figure
_HEADS: Final = (
    "people",
    "messages/s",
    "p50 ms",
    "p99 ms",
    "worst ms",
    "ack p50",
    "ack p99",
    "arrived",
    "µs CPU/delivery",
    "server CPU",
    "generator CPU",
)
# (server, people, messages a second, which) → milliseconds at most, on one process
_GOALS: Final = {
    ("daphne", 235, IDLE, "p50"): 15,
    ("daphne", 235, 200, "p99"): 100,
    ("daphne", 1_000, 200, "p99"): 250,
    ("daphne", 4_000, 50, "p99"): 600,
    ("uvicorn", 4_000, 200, "p99"): 1_000,
}


def measure(options: Options) -> Iterator[Table]:
    for server, database in options.kinds:
        yield _table(options, server, database, options.rates or (_RATES if database == "sqlite" else _BUSY))


def _table(options: Options, server: str, database: str, rates: Sequence[float]) -> Table:
    table = Table(f"latency-{server}-{database}", f"Latency: {server}, {database}", _HEADS)
    for people in options.people or (235, 1_000, 4_000):
        cpu: dict[float, float] = {}
        try:
            with ours(server, database) as house, Driver(house.kind, house.pids) as driver:
                driver.join(house.people(people))
                for rate in rates:
                    run = driver.pace(rate, seconds=max(options.seconds, _LEAST / rate))
                    cpu[rate] = cpu_each(run, "deliveries")
                    row(table, people, rate, run)
                    _judge(table, server, people, rate, run)
        except FAULTS as error:
            table.fail(f"{people:,}", error)
        if {10, 200} <= cpu.keys():
            name = f"CPU per delivery falls from 10 to 200 messages/s, {people:,} people"
            table.demand(name, f"< {cpu[10]:.3g} µs", f"{cpu[200]:.3g} µs", cpu[200] < cpu[10])
    table.notes.append(
        f"At {IDLE:g} messages a second each finds the room idle and leaves at once. Acknowledgements come after the"
        " commit. Where not all arrived within 15 seconds, the figures are of those that did."
    )
    return table


def arrived(run: dict[str, Any]) -> bool:
    """Everybody heard every message once."""
    return bool(run["is_settled"] and not run["holes"])


def row(table: Table, people: int, rate: float, run: dict[str, Any]) -> None:
    latency, ack = run["latency"], run["ack"]
    table.add(
        people,
        float(rate),
        *(latency[which] for which in ("p50", "p99", "worst")),
        *(ack[which] for which in ("p50", "p99")),
        "all" if arrived(run) else f"**not all** {run['closes'] or ''} {run['refused'] or ''}".strip(),
        cpu_each(run, "deliveries"),
        sum(run["server_cpu"]),
        run["generator_cpu"],
    )
    if people <= 1_000 and rate <= 50:
        name = f"everybody hears everything once, {people:,} people, {rate:g} messages/s"
        table.demand(name, "all", "all" if arrived(run) else "not all", arrived(run), is_safe=True)


def _judge(table: Table, server: str, people: int, rate: float, run: dict[str, Any]) -> None:
    for which in ("p50", "p99"):
        if wanted := _GOALS.get((server, people, rate, which)):
            found = run["latency"][which]
            name = f"{which}, {people:,} people, {rate:g} messages/s"
            table.demand(name, f"< {wanted} ms", f"{found:.3g} ms", arrived(run) and found < wanted)
