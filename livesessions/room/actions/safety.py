"""The stop button: nothing goes out to the audience until it is cleared."""

from django.db import transaction

from livesessions.room.actions import guards
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn
from livesessions.room.models import SafetyEvent, SafetyKind, Stream
from livesessions.room.rules.texts import REASON_LIMIT, clip


@transaction.atomic(savepoint=False)
def stop(turn: Turn, *, reason: str = "") -> Written:
    """Stop the broadcast, whatever the stage; stopping again changes nothing. Raises `forbidden`.

    The reason stays in the safety record, cut to what fits: no fault in it may delay a stop.
    """
    guards.rights(turn.member, "safety.stop")
    return _set(turn, True, clip(reason, limit=REASON_LIMIT))


@transaction.atomic(savepoint=False)
def clear(turn: Turn) -> Written:
    """Let the broadcast go on; clearing what is not stopped changes nothing. Raises `forbidden`."""
    guards.rights(turn.member, "safety.clear")
    return _set(turn, False, "")


def _set(turn: Turn, stopped: bool, reason: str) -> Written:
    if turn.room.is_stopped == stopped:
        return turn.unwritten()
    turn.room.is_stopped = stopped
    turn.room.save(update_fields=["is_stopped"])
    kind = SafetyKind.STOP if stopped else SafetyKind.CLEAR
    SafetyEvent.objects.create(room=turn.room, kind=kind, by_id=turn.member.pk, at=turn.at, reason=reason)
    name = "safety.stopped" if stopped else "safety.cleared"
    return turn.write(Stream.ROOM, name, {})
