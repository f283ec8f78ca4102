"""What the domain tells whoever listens, after the commit that made it true."""

from dataclasses import dataclass
from datetime import datetime

from web.bus import announce, listen

__all__ = [
    "BrowserGone",
    "HandsChanged",
    "JournalWritten",
    "PersonChanged",
    "RightsChanged",
    "SeatTaken",
    "TalliesChanged",
    "announce",
    "listen",
]


@dataclass(frozen=True, slots=True)
class JournalWritten:
    """One entry of a room's journal was committed. `wire` is its JSON as every client receives it; `touches` are the
    public ids of people whose own state (`eph.me`) it changes.
    """

    room: str
    stream: str
    seq: int
    wire: str
    touches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TalliesChanged:
    """Votes of a question or a poll changed."""

    room: str
    voter: str


@dataclass(frozen=True, slots=True)
class HandsChanged:
    """Somebody raised or lowered a hand."""

    room: str
    person: str


@dataclass(frozen=True, slots=True)
class RightsChanged:
    """A mute, a ban, a role or an enrolment of this person changed: ask again what they may do."""

    room: str
    person: str


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """What this person is to the whole house changed: disabled, another rank, another password."""

    person: str


@dataclass(frozen=True, slots=True)
class BrowserGone:
    """The session of a browser ended: signed out, or replaced by another at a sign-in. `browser` is its key."""

    browser: str


@dataclass(frozen=True, slots=True)
class SeatTaken:
    """An attendee's seat is on this device since `at`; every other device of theirs leaves."""

    room: str
    person: str
    device: str
    at: datetime
