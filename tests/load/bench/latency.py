"""How long a message is under way, from the instant it was due to be sent to everybody's receipt."""

from typing import Any, Final

from tests.load.bench.driver import Driver
from tests.load.bench.houses import ours
from tests.load.bench.options import Options
from tests.load.bench.tables import Table

_RATES: Final = (0.5, 1, 10, 50, 200)
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
    "server CPU",
    "generator CPU",
)
# (people, messages a second) → milliseconds at most, on one Daphne process
_P50: Final = {(235, 0.5): 15.0}
_P99: Final = {(235, 200): 100.0, (1_000, 200): 250.0, (4_000, 50): 600.0}


def measure(options: Options) -> list[Table]:
    return [_table(options, server, database) for server in options.servers for database in options.databases]


def _table(options: Options, server: str, database: str) -> Table:
    table = Table(f"latency-{server}-{database}", f"Latency: {server}, {database}", _HEADS)
    for people in options.people or (235, 1_000, 4_000):
        try:
            with ours(server, database) as house, Driver(house.kind, house.pids) as driver:
                driver.join(house.people(people))
                for rate in options.rates or _RATES:
                    seconds = max(options.seconds, _LEAST / rate)
                    _row(table, people, rate, driver.pace(rate, seconds=seconds), server)
        except options.faults as error:
            table.fail(f"{people:,}", error)
    table.notes.append(
        "0.5 messages a second is the idle room: each goes out alone. Acknowledgements come after the commit."
    )
    return table


def _row(table: Table, people: int, rate: float, run: dict[str, Any], server: str) -> None:
    latency, ack = run["latency"], run["ack"]
    arrived = "all" if run["is_settled"] and not run["holes"] else "**not all**"
    table.add(
        people, float(rate), latency["p50"], latency["p99"], latency["worst"], ack["p50"], ack["p99"],
        arrived, run["server_cpu"][0], run["generator_cpu"],
    )  # fmt: skip
    if server != "daphne":
        return
    for goals, which in ((_P50, "p50"), (_P99, "p99")):
        if wanted := goals.get((people, rate)):
            name = f"{which}, {people:,} people, {rate:g} messages/s"
            found, is_well = latency[which], run["is_settled"]
            table.demand(name, f"< {wanted:g} ms", f"{found:.3g} ms", is_well and found < wanted)
