"""What really happened at a rehearsal: who people are, what was acknowledged, where everybody was and when.

The arithmetic here is slow and obvious on purpose: it judges the server's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.load.client import Client

STEP = 0.1  # seconds: how finely presence is looked at
Interval = tuple[float, float]


@dataclass
class Person:
    """`clients` are all the tabs and devices they ever opened; `final` those that should have seen the end."""

    name: str
    email: str
    channel: str
    region: str
    is_attendee: bool = True
    id: str = ""
    clients: list[Client] = field(default_factory=list)
    replaced: list[Client] = field(default_factory=list)
    stayed: list[Client] = field(default_factory=list)

    @property
    def stays(self) -> int:
        """How many connections they had."""
        return sum(len(client.record.stays) for client in self.clients)


@dataclass(frozen=True)
class Sent:
    """A command as a person gave it."""

    by: str
    do: str
    text: str = ""


@dataclass
class Truth:
    """`sent` by cid; `voters` by question; `refused` lists what the server would not do, with its code.

    Seconds: `live` since 1970, `gap` the longest absence bridged, `lost` what a killed server may not have written.
    """

    people: list[Person] = field(default_factory=list)
    sent: dict[str, Sent] = field(default_factory=dict)
    voters: dict[str, set[str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    live: Interval = (0.0, 0.0)
    gap: float = 0.0
    lost: float = 0.0

    @property
    def attendees(self) -> list[Person]:
        return [person for person in self.people if person.is_attendee]

    @property
    def clients(self) -> list[Client]:
        return [client for person in self.people for client in person.clients]

    @property
    def acknowledged(self) -> dict[str, dict[str, object]]:
        """Every answered command: its `ok` by cid."""
        return {cid: ok for client in self.clients for cid, ok in client.record.answers.items()}

    def bounds(self, person: Person) -> Interval:
        """The least and the most seconds of attendance that the server may count for this person.

        At most from opening to end of every connection; at least from the answered hello to one heartbeat before it.
        """
        least: list[Interval] = []
        most: list[Interval] = []
        for client in person.clients:
            for stay in client.record.stays:
                until = self.live[1] if stay.until is None else stay.until
                least.append((stay.since, max(stay.since, until - client.record.ping_seconds - self.lost)))
                most.append((stay.asked, until))
        return attended(least, self.live, self.gap), attended(most, self.live, self.gap)


def attended(stays: Sequence[Interval], live: Interval, gap: float) -> float:
    """Seconds of the live window in which somebody is there, or away for no longer than `gap` between two stays."""
    steps = round((live[1] - live[0]) / STEP)
    return STEP * sum(_counts(live[0] + (n + 0.5) * STEP, stays, gap) for n in range(steps))


def _counts(moment: float, stays: Iterable[Interval], gap: float) -> bool:
    before = [end for start, end in stays if start <= moment]
    after = [start for start, _ in stays if start > moment]
    if not before:
        return False
    left = max(before)
    return left >= moment or (bool(after) and min(after) - left <= gap)
