"""Everybody votes for the same question within a second."""

from collections.abc import Iterator
from typing import Any, Final

from tests.load.bench.driver import Driver
from tests.load.bench.houses import ours
from tests.load.bench.options import FAULTS, Options
from tests.load.bench.tables import Table

_HEADS: Final = (
    "people",
    "all acknowledged s",
    "all know the sum s",
    "ack p50 ms",
    "ack p99 ms",
    "tally frames each",
    "most in a second",
    "server CPU",
    "generator CPU",
)
_MOST: Final = 4  # tally frames a second to anybody
_MODERATOR, _ASKER, _FIRST_VOTER = 0, 1, 2


def measure(options: Options) -> Iterator[Table]:
    for server, database in options.kinds:
        yield _table(options, server, database)


def _table(options: Options, server: str, database: str) -> Table:
    table = Table(f"votes-{server}-{database}", f"Vote storm: {server}, {database}", _HEADS)
    for people in options.people or (235, 1_000):
        try:
            run = _storm(server, database, people)
        except FAULTS as error:
            table.fail(f"{people:,}", error)
            continue
        times = (run["acknowledged"], run["settled"] if run["is_settled"] else "**never**")
        acks = (run["ack"]["p50"], run["ack"]["p99"])
        frames = (run["tally_frames"], run["busiest"])
        table.add(people, *times, *acks, *frames, run["server_cpu"][0], run["generator_cpu"])
        name = f"tally frames a second to anybody, {people:,} people"
        is_well = run["is_settled"] and 0 < run["busiest"] <= _MOST
        table.demand(name, f"≤ {_MOST}, the last sum right", str(run["busiest"]), is_well, is_safe=True)
    return table


def _storm(server: str, database: str, people: int) -> dict[str, Any]:
    with ours(server, database) as house, Driver(house.kind, house.pids) as driver:
        room = house.room()
        driver.join(house.people(1, room=room, role="moderator"))
        driver.join(house.people(people + 1, room=room, first=_ASKER))
        asked = {"text": "¿Cuándo puede volver a trabajar?"}
        question = driver.order("tell", seat=_ASKER, command="question.ask", fields=asked)["question"]
        driver.order("tell", seat=_MODERATOR, command="question.approve", fields={"question": question})
        return driver.order("vote", question=question, first=_FIRST_VOTER, during=1.0, within=30.0, watch=driver.watch)
