"""Checking in at the auditorium's door with the code shown there, and out again."""

from datetime import datetime

from courses.programme.models import Participation
from livesessions.attendance.actions import spans
from livesessions.attendance.models import PresenceSpan, SpanSource
from livesessions.attendance.queries import door_codes
from livesessions.room import policies
from livesessions.room.models import Room
from livesessions.room.rules.members import Member
from shared.errors import DomainError


def check_in(*, room: Room, member: Member, code: str, at: datetime) -> PresenceSpan:
    """Be in the auditorium from now on; checking in twice is once.

    Raises `forbidden`, `check_in.over` after the end, `check_in.expired` for a code that is not of this moment.
    """
    if not policies.may_enter(member):
        raise DomainError("forbidden")
    if room.is_over(at):
        raise DomainError("check_in.over")
    if not door_codes.is_valid(room, code, at):
        raise DomainError("check_in.expired")
    return spans.begin(room=room, member=member, channel=Participation.AUDITORIUM, source=SpanSource.CODE, at=at)


def check_out(*, room: Room, member: Member, at: datetime) -> bool:
    """Leave the auditorium; whether the person was checked in. Nobody needs a code to say that they left."""
    return spans.end(room=room, member=member, source=SpanSource.CODE, at=at)
