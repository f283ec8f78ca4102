"""Who takes part: 75 in the auditorium in Córdoba, 160 online in ten provinces, and what each of them will do."""

import random
from dataclasses import dataclass
from typing import Final

from tests.load.truth import Person

PROVINCES: Final = ("AR-X", "AR-E", "AR-D", "AR-F", "AR-T", "AR-Y", "AR-J", "AR-M", "AR-Q", "AR-V")
TEAM: Final = ("surgeon", "mentor", "moderator", "advocate")
_FIRST: Final = ("Ana", "Beto", "Carla", "Diego", "Eva", "Fabio", "Gala", "Hugo", "Irma", "José", "Kuki", "Luz")
_LAST: Final = ("Álvarez", "Báez", "Castro", "Díaz", "Esquivel", "Funes", "Gómez", "Herrera", "Ibarra", "Ñáñez")


@dataclass(frozen=True)
class Moment:
    """`at` is a share of the live time; `seconds` how long it lasts, where it lasts."""

    at: float
    does: str
    seconds: float = 0.0


@dataclass(frozen=True)
class Plan:
    """`arrives` is a share of the arrival time, beyond 1 during the live time (1.4: at 40 % of it)."""

    arrives: float
    moments: tuple[Moment, ...]


def audience(auditorium: int, remote: int, run: str) -> list[Person]:
    """New people of this run."""
    seats = [("auditorium", "AR-X")] * auditorium
    seats += [("remote", PROVINCES[n % len(PROVINCES)]) for n in range(remote)]
    return [
        Person(
            name=f"{_FIRST[n % len(_FIRST)]} {_LAST[n // len(_FIRST) % len(_LAST)]} {n:03d}",
            email=f"a{n:03d}.{run}@rehearsal.example",
            channel=channel,
            region=region,
        )
        for n, (channel, region) in enumerate(seats)
    ]


def plan(number: int, chance: random.Random) -> Plan | None:
    """What one of the audience will do; None for the few who never come. One in ten is late, one in five loses the
    connection, and every kind of second tab, second device and early leaving is there from twelve people on.
    """
    if number % 24 == 23:
        return None
    moments = [Moment(chance.uniform(0.02, 0.8), "chat") for _ in range(chance.randint(0, 3))]
    moments += [Moment(chance.uniform(0.3, 0.85), "vote") for _ in range(chance.randint(0, 3))]
    if number % 5 == 1:
        moments.append(Moment(chance.uniform(0.05, 0.6), "ask"))
    if number % 5 == 2:
        moments.append(Moment(chance.uniform(0.1, 0.7), "drop"))
    if number % 10 == 7:
        moments.append(Moment(chance.uniform(0.1, 0.6), "away", chance.uniform(0.02, 0.2)))
    if number % 12 == 3:
        moments.append(Moment(chance.uniform(0.1, 0.7), "tab", chance.uniform(0.03, 0.1)))
    if number % 12 == 8:
        moments.append(Moment(chance.uniform(0.1, 0.8), "device"))
    if number % 12 == 10:
        moments.append(Moment(chance.uniform(0.5, 0.88), "leave"))
    late = number % 10 == 4
    arrives = chance.uniform(1.1, 1.5) if late else chance.uniform(0, 0.95)
    first = arrives - 1 + 0.02 if late else 0.0
    kept = [moment for moment in moments if moment.at > first]
    return Plan(arrives, tuple(sorted(kept, key=lambda moment: moment.at)))
