"""What a rehearsal prints: a line per phase, the breaches, and the figures beside them."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from tests.load.checks import Journal
from tests.load.truth import Truth

_SHOWN = 20  # breaches printed


@dataclass
class Phase:
    """One row of the table."""

    name: str
    figure: str = ""
    seconds: float = 0.0
    breaches: list[str] = field(default_factory=list)

    def tell(self, news: str) -> None:
        """Progress."""
        print(f"  … {self.name}: {news}", flush=True)

    def fail(self, breaches: list[str]) -> None:
        self.breaches += breaches


class Report:
    def __init__(self) -> None:
        self._phases: list[Phase] = []
        self._notes: list[str] = []
        self._begun = time.monotonic()

    @contextmanager
    def phase(self, name: str) -> Iterator[Phase]:
        """Time what happens inside."""
        phase, begun = Phase(name), time.monotonic()
        print(f"{name} …", flush=True)
        self._phases.append(phase)
        yield phase
        phase.seconds = time.monotonic() - begun

    def note(self, text: str) -> None:
        self._notes.append(text)

    def close(self) -> int:
        """Print the table and the breaches; the exit code."""
        print()
        for phase in self._phases:
            print(f"{'ok ' if not phase.breaches else 'BAD'} {phase.name:27} {phase.seconds:6.1f} s  {phase.figure}")
        for note in self._notes:
            print(f"    {note}")
        breaches = [breach for phase in self._phases for breach in phase.breaches]
        print(f"    {time.monotonic() - self._begun:.0f} s in all, {len(breaches)} breaches")
        for breach in breaches[:_SHOWN]:
            print(f"  - {breach}")
        if len(breaches) > _SHOWN:
            print(f"  - and {len(breaches) - _SHOWN} more")
        return 1 if breaches else 0


def quantiles(seconds: Iterable[float]) -> str:
    """p50 and p99 in milliseconds."""
    ordered = sorted(seconds)
    if not ordered:
        return "–"
    p50, p99 = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
    return f"p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms"


def acks(truth: Truth) -> str:
    return quantiles(seconds for client in truth.clients for seconds in client.record.ack_seconds)


def delivery(truth: Truth) -> str:
    return quantiles(seconds for client in truth.clients for seconds in client.record.delivery_seconds)


def deliveries(truth: Truth) -> int:
    return sum(len(entries) for client in truth.clients for entries in client.record.entries.values())


def kilobytes(truth: Truth) -> int:
    """Received by each of the audience, on average."""
    came = [person for person in truth.attendees if person.clients]
    total = sum(client.record.bytes_in for person in came for client in person.clients)
    return round(total / 1000 / max(1, len(came)))


def present(truth: Truth) -> int:
    """People with an open connection now."""
    return sum(any(client.is_up.is_set() for client in person.clients) for person in truth.people)


def live_window(seen: Journal) -> tuple[float, float]:
    """When the room went live and when it ended, in seconds since 1970, as the journal has it."""
    stages = {e["d"]["stage"]: e["at"] for e in seen.values() if e["kind"] == "stage.changed"}
    return tuple(datetime.fromisoformat(stages[stage]).timestamp() for stage in ("live", "ended"))  # type: ignore[return-value]
