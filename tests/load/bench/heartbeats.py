"""What the attendance of a crowd costs: the facts of one tick, written by the process that heard the heartbeats."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from tests.load.bench.figures import median
from tests.load.bench.houses import PACE, ours
from tests.load.bench.options import FAULTS, Options
from tests.load.bench.tables import Table
from tests.load.servers import ROOT

PEOPLE: Final = 10_000
_TICKS: Final = 5  # of each sort, medians of
_HEADS: Final = ("people", "tick", "facts", "statements", "loop ms", "CPU ms", "wall ms", "CPU % of a core")


@dataclass(frozen=True)
class Tick:
    """Milliseconds: the event loop's for hearing `facts` heartbeats, then the process's CPU and the wall's to write."""

    facts: int
    statements: int
    loop: float
    cpu: float
    wall: float


def measure(options: Options) -> Iterator[Table]:
    """The server makes no difference: each database once."""
    for database in dict.fromkeys(database for _, database in options.kinds):
        yield _table(options, database)


def _table(options: Options, database: str) -> Table:
    table = Table(f"heartbeats-{database}", f"Attendance writes: {database}", _HEADS)
    seconds = float(PACE["ANFITEATRO_ATTENDANCE_TICK_SECONDS"])
    for people in options.people or (PEOPLE,):
        try:
            sorts = _measured(database, people)
        except FAULTS as error:
            table.fail(f"{people:,}", error)
            continue
        for sort, ticks in sorts.items():
            loop, cpu, wall = (median([getattr(tick, name) for tick in ticks]) for name in ("loop", "cpu", "wall"))
            statements = max(tick.statements for tick in ticks)
            table.add(people, sort, ticks[0].facts, statements, loop, cpu, wall, (loop + cpu) / seconds / 10)
            table.demand(f"statements, {sort}", "1", str(statements), statements == 1)
    return table


def _measured(database: str, people: int) -> dict[str, list[Tick]]:
    """In a process of its own, with the settings of a server that has nothing else to do."""
    with ours(database=database) as house:
        room = house.room()
        house.people(people, room=room)
        assert house.servers is not None
        command = [sys.executable, "-m", "tests.load.bench.heartbeats", room]
        done = subprocess.run(command, cwd=ROOT, env=house.servers.settings, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
    return {sort: [Tick(**tick) for tick in ticks] for sort, ticks in found.items()}


def main(room: str) -> None:
    """Print the ticks of this room's people, by sort, as JSON. The settings are in the environment."""
    import django

    django.setup()

    from courses.programme.models import Enrolment
    from livesessions.room.models import Room

    found = Room.objects.get(public_id=room)
    people = Enrolment.objects.filter(session=found.session_id).values_list("person_id", flat=True)
    ticks = asyncio.run(_crowd(found.pk, list(people)))
    print(json.dumps({sort: [asdict(tick) for tick in some] for sort, some in ticks.items()}))


def _count(statements: list[str]) -> None:
    """Note every statement of this thread's connection from now on, but for a transaction's BEGIN."""
    from django.db import connection

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if not sql.startswith("BEGIN"):
            statements.append(sql)
        return execute(sql, *rest)

    connection.execute_wrappers.append(note)


async def _crowd(room_pk: int, people: list[int]) -> dict[str, list[Tick]]:
    """Everybody comes; a tick as it is when beats come every ping; ticks in which everybody was heard; all leave."""
    from django.conf import settings

    from livesessions.attendance.actions.spans import SpanFact
    from livesessions.attendance.models import SpanSource
    from livesessions.realtime.database import DatabaseThread
    from livesessions.realtime.presence import Presence
    from shared.clock import now

    thread, at = DatabaseThread("facts"), now()
    presence, statements = Presence(thread), list[str]()
    await thread.run(_count, statements)
    facts = [SpanFact(uuid4(), room_pk, person, "remote", SpanSource.SOCKET, at, at) for person in people]
    keys = [fact.key for fact in facts]
    due = round(len(keys) * settings.ATTENDANCE_TICK_SECONDS / settings.ROOM_PING_SECONDS)

    async def tick(hear: Callable[[Any], None], heard: Sequence[Any]) -> Tick:
        begun = time.process_time()
        for one in heard:
            hear(one)
        loop = time.process_time() - begun
        before = len(statements)
        begun, wall = time.process_time(), time.perf_counter()
        await presence.flush()
        cpu, wall = time.process_time() - begun, time.perf_counter() - wall
        return Tick(len(heard), len(statements) - before, loop * 1000, cpu * 1000, wall * 1000)

    def seen(key: UUID) -> None:
        presence.seen(key, now())

    def ended(key: UUID) -> None:
        presence.ended(key, now())

    ticks = {
        "everybody comes": [await tick(presence.began, facts)],
        "as usual": [await tick(seen, keys[n * due :][:due]) for n in range(_TICKS)],
        "everybody is heard": [await tick(seen, keys) for _ in range(_TICKS)],
        "everybody leaves": [await tick(ended, keys)],
    }
    await thread.close()
    return ticks


if __name__ == "__main__":
    main(sys.argv[1])
