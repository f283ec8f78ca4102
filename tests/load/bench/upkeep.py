"""What an hour of one person costs: bytes on the wire and the server's CPU, in a quiet room and in a lively one."""

from collections.abc import Iterator
from typing import Any, Final

from tests.load.bench.driver import Driver
from tests.load.bench.houses import ours
from tests.load.bench.options import FAULTS, Options
from tests.load.bench.tables import Table

_HEADS: Final = (
    "people",
    "room",
    "kB to a person, per hour",
    "kB from a person, per hour",
    "CPU s/person-hour",
    "people per core",
    "generator CPU",
)
_PINGS: Final = 40.0  # seconds: two rounds of pings
_LIVELY: Final = 1.0  # messages a second


def measure(options: Options) -> Iterator[Table]:
    for server, database in options.kinds:
        yield _table(options, server, database)


def _table(options: Options, server: str, database: str) -> Table:
    table = Table(f"upkeep-{server}-{database}", f"Upkeep of a person: {server}, {database}", _HEADS)
    for people in options.people or (1_000,):
        try:
            with ours(server, database) as house, Driver(house.kind, house.pids) as driver:
                driver.join(house.people(people))
                driver.idle(2.0)  # what a join brings about is over
                _row(table, people, "quiet", driver.idle(_PINGS))
                _row(table, people, f"{_LIVELY:g} message/s", driver.pace(_LIVELY, seconds=_PINGS))
        except FAULTS as error:
            table.fail(f"{people:,}", error)
    table.notes.append(
        "`people per core`: so many would keep one core busy, if cost grew evenly. WebSocket headers count."
    )
    return table


def _row(table: Table, people: int, room: str, run: dict[str, Any]) -> None:
    hours = people * run["seconds"] / 3600
    cpu = run["server_cpu"][0] * run["seconds"] / hours
    table.add(
        people,
        room,
        run["bytes"] / 1000 / hours,
        run["sent"] / 1000 / hours,
        cpu,
        round(3600 / cpu) if cpu else "–",
        run["generator_cpu"],
    )
