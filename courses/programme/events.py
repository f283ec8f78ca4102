"""What planning and registration tell whoever listens, after the commit that made it true."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TeamChanged:
    """This person's role in this session changed, came or went. Both are public ids."""

    session: str
    person: str


@dataclass(frozen=True, slots=True)
class SessionCancelled:
    """The session with this public id was called off at `at`, perhaps while it was live."""

    session: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SessionMoved:
    """The start or the planned end of the session with this public id is another since `at`."""

    session: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EnrolmentChanged:
    """This person's registration came, moved, got a place or was withdrawn, or its link was replaced: their right to
    the room, or a browser's right to come in as them, may be another now. Both are public ids.
    """

    session: str
    person: str
