"""What one socket's owner saw and when: the raw material of the checks."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

Entry = dict[str, Any]
_SETTLING: Final = 1.0  # seconds after hello in which entries may still be a replay


@dataclass
class Stay:
    """One connection, in seconds since 1970 on this machine's clock: `asked` before it was opened, `since` when hello
    was answered, `until` its end.
    """

    asked: float
    since: float
    until: float | None = None


@dataclass
class Base:
    """A snapshot taken at `top`: what came before it is known through it alone."""

    top: dict[str, int]
    snapshot: dict[str, Any]


@dataclass
class Record:
    """Times are seconds. `answers` are the `ok`s by cid; `closes` the close codes of the connections, in order; `byes`
    counts the farewells heard, `holes` how often something was missing, `setbacks` how often hello was answered with
    less than was known, `errors` the refusals by code and whether a retry may mend them.
    """

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    bases: list[Base] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    closes: list[int] = field(default_factory=list)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    tallies: dict[str, int] = field(default_factory=dict)
    ping_seconds: float = 0.0
    errors: Counter[tuple[str, bool]] = field(default_factory=Counter)
    byes: int = 0
    holes: int = 0
    setbacks: int = 0
    duplicates: int = 0
    bytes_in: int = 0
    ack_seconds: list[float] = field(default_factory=list)
    delivery_seconds: list[float] = field(default_factory=list)
    join_seconds: list[float] = field(default_factory=list)

    def came(self, asked: float, at: float) -> None:
        """Hello was answered on a connection opened at `asked`."""
        self.stays.append(Stay(asked, at))
        self.join_seconds.append(at - asked)

    def left(self, at: float) -> None:
        """The connection is no more."""
        if self.stays and self.stays[-1].until is None:
            self.stays[-1].until = at

    def count(self, message: dict[str, Any]) -> None:
        """A frame was heard."""
        self.byes += "bye" in message
        if error := message.get("err"):
            self.errors[error["code"], error["retry"]] += 1

    def keep(self, entry: Entry, at: float) -> None:
        """An entry was applied. How long it took from its writing counts when it was pushed, not replayed."""
        self.entries.setdefault(entry["st"], []).append(entry)
        if self.stays and at - self.stays[-1].since > _SETTLING:
            self.delivery_seconds.append(at - datetime.fromisoformat(entry["at"]).timestamp())
