"""The server goes and comes again: seconds until everybody is back, with the delays that docs/protocol.md asks for."""

import time
from collections.abc import Iterator
from typing import Any, Final

from tests.load.bench.driver import Driver, on_core
from tests.load.bench.houses import ours
from tests.load.bench.options import FAULTS, Options
from tests.load.bench.tables import Table

_WITHIN: Final = 90.0  # seconds
_ENDINGS: Final = ("SIGTERM", "kill -9")
_HEADS: Final = (
    "people",
    "the server's end",
    "gone for s",
    "all back, since its end s",
    "since it answers again s",
    "how they went",
    "how they were welcomed",
)


def measure(options: Options) -> Iterator[Table]:
    for server, database in options.kinds:
        yield _table(options, server, database)


def _table(options: Options, server: str, database: str) -> Table:
    table = Table(f"reconnects-{server}-{database}", f"Reconnect storm: {server}, {database}", _HEADS)
    for people in options.people or (235, 1_000):
        for ending in _ENDINGS:
            try:
                _row(table, people, ending, _storm(server, database, people, ending))
            except FAULTS as error:
                table.fail(f"{people:,}, {ending}", error)
    table.notes.append(
        "`gone for` is from the signal to the first answer of the new process. After SIGTERM clients are told to wait"
        " up to 10 seconds, evenly spread; after a kill they wait up to 3 seconds, and longer when they find nobody."
    )
    return table


def _row(table: Table, people: int, ending: str, run: dict[str, Any]) -> None:
    is_back = run["up"] >= run["wanted"]
    back = run["back_at"] - run["signal_at"]
    since_ready = run["back_at"] - run["ready_at"]
    table.add(
        people,
        ending,
        run["ready_at"] - run["signal_at"],
        back if is_back else f"**{run['up']} of {run['wanted']}**",
        since_ready if is_back else "",
        _counts(run["closes"]),
        _counts(run["modes"]),
    )
    abnormal = run["closes"].get("1006", 0)
    if ending == "SIGTERM":
        name = f"everybody hears `bye` and is closed with 4001, {people:,} people"
        table.demand(name, "nobody sees 1006", f"{abnormal} saw 1006", is_back and not abnormal)


def _counts(found: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {what}" for what, count in sorted(found.items()))


def _storm(server: str, database: str, people: int, ending: str) -> dict[str, Any]:
    with ours(server, database) as house, Driver(house.kind, house.pids) as driver:
        assert house.servers is not None
        driver.join(house.people(people))
        driver.pace(10, seconds=1)  # something to resume from
        back = driver.begin("return", within=_WITHIN)
        signal_at = time.monotonic()
        if ending == "SIGTERM":
            house.servers.terminate(0)
        else:
            house.servers.kill(0)
        with on_core(0):
            house.servers.restart(0)
        ready_at = time.monotonic()
        run: dict[str, Any] = back()
        return run | {"signal_at": signal_at, "ready_at": ready_at}
