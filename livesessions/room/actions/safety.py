"""The stop button: nobody writes, asks or votes until it is cleared. And notes to the record of it."""

from datetime import datetime

from django.db import transaction

from livesessions.room import policies
from livesessions.room.actions import guards
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn
from livesessions.room.models import SafetyEvent, SafetyKind, Stream
from livesessions.room.queries.members import Member
from livesessions.room.rules.texts import NOTE_LIMIT, REASON_LIMIT, clip
from shared.errors import DomainError


@transaction.atomic(savepoint=False)
def stop(turn: Turn, *, reason: str = "") -> Written:
    """Stop the session, whatever the stage; stopping again changes nothing. Raises `forbidden`.

    The reason stays in the safety record, cut to what fits: no fault in it may delay a stop.
    """
    guards.rights(turn.member, "safety.stop")
    return _set(turn, True, clip(reason, limit=REASON_LIMIT))


@transaction.atomic(savepoint=False)
def clear(turn: Turn) -> Written:
    """Let the session go on; clearing what is not stopped changes nothing. Raises `forbidden`."""
    guards.rights(turn.member, "safety.clear")
    return _set(turn, False, "")


@transaction.atomic
def note(*, by: Member, event: SafetyEvent, text: str, at: datetime) -> None:
    """Add to the record what there was no time to say. The same words by the same person are added once.

    Raises `forbidden`, `note.empty`, `note.too_long`, `text.invalid`.
    """
    if not policies.may_read_safety(by):
        raise DomainError("forbidden")
    kept = guards.text(text, noun="note", limit=NOTE_LIMIT)
    SafetyEvent.objects.select_for_update().get(pk=event.pk)
    event.notes.get_or_create(by_id=by.pk, text=kept, defaults={"at": at})


def _set(turn: Turn, stopped: bool, reason: str) -> Written:
    if turn.room.is_stopped == stopped:
        return turn.unwritten()
    turn.room.is_stopped = stopped
    turn.room.save(update_fields=["is_stopped"])
    kind = SafetyKind.STOP if stopped else SafetyKind.CLEAR
    by = {"by_id": turn.member.pk, "role": turn.member.role}
    SafetyEvent.objects.create(room=turn.room, kind=kind, at=turn.at, reason=reason, **by)
    name = "safety.stopped" if stopped else "safety.cleared"
    return turn.write(Stream.ROOM, name, {})
