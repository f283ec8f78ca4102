"""The roll of the operating room: staff write down who comes in and who leaves."""

from datetime import datetime

from courses.programme.models import Participation
from livesessions.attendance.actions import spans
from livesessions.attendance.models import SpanSource
from livesessions.room import policies
from livesessions.room.models import Room
from livesessions.room.rules.members import Member
from shared.errors import DomainError


def mark(*, room: Room, by: Member, target: Member, is_in: bool, at: datetime) -> None:
    """`target` came in or left at this instant. Saying the same again changes nothing.

    Raises `forbidden`, `roll_call.elsewhere` for somebody who is not of the operating room, `roll_call.over`.
    """
    if not policies.may_call_roll(by):
        raise DomainError("forbidden")
    if not policies.may_be_called(target):
        raise DomainError("roll_call.elsewhere", name=target.name)
    if room.is_over(at):
        raise DomainError("roll_call.over")
    if is_in:
        spans.begin(room=room, member=target, channel=Participation.OR, source=SpanSource.ROLL_CALL, at=at)
    else:
        spans.end(room=room, member=target, source=SpanSource.ROLL_CALL, at=at)
