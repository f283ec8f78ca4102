"""Places, the waiting list, and how long a personal link lives. Plain values in, plain values out."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final


class EnrolmentStatus(StrEnum):
    """`requested`: asked for, and nobody has decided; `waiting`: may come, and there is no place yet."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


ACTIVE: Final = (EnrolmentStatus.REQUESTED, EnrolmentStatus.CONFIRMED, EnrolmentStatus.WAITING)
ASKED_FOR: Final = frozenset({"or"})  # channels whose places somebody gives; the others are taken by whoever comes

LINK_DAYS_AFTER: Final = timedelta(days=7)  # so that a late look at the room, or a withdrawal, still works
MAIL_PAUSE: Final = timedelta(minutes=1)  # the links go to one registration's address at most this often on request


def status_for(*, capacity: int, confirmed: int, waiting: int) -> str:
    """`confirmed` while a place is free that nobody who waits has a right to, else `waiting`."""
    return EnrolmentStatus.CONFIRMED if confirmed + waiting < capacity else EnrolmentStatus.WAITING


def is_asked_for(channel: str) -> bool:
    """Whether a place of this channel is requested, and given by a coordinator, never taken."""
    return channel in ASKED_FOR


def promotions(*, capacity: int, confirmed: int, waiting: int) -> int:
    """How many of those who wait, the longest first, get a place now."""
    return max(0, min(waiting, capacity - confirmed))


def may_mail_again(*, sent_at: datetime | None, at: datetime) -> bool:
    """Whether the links may be mailed once more because somebody, perhaps not their owner, asked for them."""
    return sent_at is None or at - sent_at >= MAIL_PAUSE


def link_expires_at(end_at: datetime) -> datetime:
    """When the personal links of a session stop working. `end_at`: its real end, or the planned one before that."""
    return end_at + LINK_DAYS_AFTER


def entry_refusal(*, status: str, is_cancelled: bool, end_at: datetime, at: datetime) -> str | None:
    """The error code for which a personal link does not open the room, or None when it does."""
    if status in {EnrolmentStatus.WITHDRAWN, EnrolmentStatus.DECLINED}:
        return f"enrolment.{status}"
    if is_cancelled:
        return "session.cancelled"
    if at > link_expires_at(end_at):
        return "link.expired"
    return None if status == EnrolmentStatus.CONFIRMED else f"enrolment.{status}"
