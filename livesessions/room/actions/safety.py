"""The stop button: nothing goes out to the audience until it is cleared."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from livesessions.room.actions import guards as gate
from livesessions.room.actions import journal
from livesessions.room.actions.journal import Written
from livesessions.room.models import Room, SafetyEvent, SafetyKind, Stream
from livesessions.room.queries.members import Member
from livesessions.room.rules.texts import REASON_LIMIT, clip


@transaction.atomic(savepoint=False)
def stop(*, room: Room, member: Member, reason: str = "", at: datetime, cid: UUID | None = None) -> Written:
    """Stop the broadcast, whatever the stage; stopping again changes nothing. Raises `forbidden`.

    The reason stays in the safety record, cut to what fits: no fault in it may delay a stop.
    """
    gate.rights(member, "safety.stop")
    return _set(room, member, True, clip(reason, limit=REASON_LIMIT), at, cid)


@transaction.atomic(savepoint=False)
def clear(*, room: Room, member: Member, at: datetime, cid: UUID | None = None) -> Written:
    """Let the broadcast go on; clearing what is not stopped changes nothing. Raises `forbidden`."""
    gate.rights(member, "safety.clear")
    return _set(room, member, False, "", at, cid)


def _set(room: Room, member: Member, stopped: bool, reason: str, at: datetime, cid: UUID | None) -> Written:
    if room.is_stopped == stopped:
        return journal.unwritten(room=room, at=at)
    room.is_stopped = stopped
    room.save(update_fields=["is_stopped"])
    kind = SafetyKind.STOP if stopped else SafetyKind.CLEAR
    SafetyEvent.objects.create(room=room, kind=kind, by_id=member.pk, at=at, reason=reason)
    name = "safety.stopped" if stopped else "safety.cleared"
    return journal.write(room=room, stream=Stream.ROOM, kind=name, by=member, d={}, at=at, cid=cid)
