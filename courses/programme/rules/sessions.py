"""Where a session stands at an instant, whether one can register, and what a local time of its zone means."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from shared.errors import DomainError

LOBBY = timedelta(minutes=30)  # the room opens this long before the start
OVERRUN = timedelta(hours=4)  # past its planned end a session is due or live no longer than this, unless told otherwise


class Phase(StrEnum):
    """`due`: its time has come and the room is not live yet."""

    UPCOMING = "upcoming"
    LOBBY = "lobby"
    DUE = "due"
    LIVE = "live"
    OVER = "over"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        """People can go to the room."""
        return self in {Phase.LOBBY, Phase.DUE, Phase.LIVE}

    @property
    def is_past(self) -> bool:
        return self in {Phase.OVER, Phase.CANCELLED}


class Registration(StrEnum):
    OPEN = "open"
    FULL = "full"  # every channel is full: the waiting list is what one can join
    CLOSED = "closed"
    NONE = "none"  # over or cancelled


def phase(
    at: datetime,
    *,
    starts_at: datetime,
    planned_end_at: datetime,
    live_at: datetime | None = None,
    ended_at: datetime | None = None,
    cancelled_at: datetime | None = None,
    overrun: timedelta = OVERRUN,
) -> Phase:
    """Where a session stands at `at`: the one definition of "over", which session, room, waiting list, lobby, letters
    and sheet all ask. What happened (cancelled, ended, live) outranks what was planned; one that begins late is due,
    also past its planned end, and for no more than `overrun` after it.
    """
    if cancelled_at:
        return Phase.CANCELLED
    if ended_at:
        return Phase.OVER
    if at >= planned_end_at + overrun:
        return Phase.OVER
    if live_at:
        return Phase.LIVE
    if at < starts_at - LOBBY:
        return Phase.UPCOMING
    return Phase.LOBBY if at < starts_at else Phase.DUE


def registration(now: Phase, *, is_open: bool, left: list[int]) -> Registration:
    """What a newcomer can do; `left` are the places left of the channels that exist at all."""
    if now.is_past:
        return Registration.NONE
    if not is_open or not left:
        return Registration.CLOSED
    return Registration.OPEN if any(left) else Registration.FULL


def places_left(*, capacity: int, confirmed: int) -> int:
    """Never below zero, whatever was promised before."""
    return max(0, capacity - confirmed)


def instant(local: datetime, zone: ZoneInfo, *, field: str | None = None) -> datetime:
    """The UTC instant of a naive local time in `zone`.

    Raises `time.skipped` for an hour the clocks jump over and `time.ambiguous` for one that comes twice: who plans an
    operation should choose an hour that the team cannot misread.
    """
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    at = first.astimezone(UTC)
    if first.utcoffset() != second.utcoffset():
        skipped = at.astimezone(zone).replace(tzinfo=None) != local
        code = "time.skipped" if skipped else "time.ambiguous"
        raise DomainError(code, field=field, time=local.strftime("%H:%M"), zone=zone.key)
    return at
