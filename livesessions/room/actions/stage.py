"""Moving a room along its stages; going live and ending are told to the session and bound the attendance."""

from datetime import datetime

from django.db import transaction

from courses.programme.actions import sessions
from livesessions.room.actions import guards, hands
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn
from livesessions.room.models import LiveWindow, Room, SafetyEvent, SafetyKind, Stream
from livesessions.room.queries import rooms
from livesessions.room.rules import stage as rules
from shared.clock import iso
from shared.errors import DomainError


@transaction.atomic(savepoint=False)
def open_(turn: Turn) -> Written:
    """Open the lobby.

    Every change in this file raises `forbidden` and `stage.*`; asking for the present stage changes nothing.
    """
    return _move(turn, "open")


@transaction.atomic(savepoint=False)
def go_live(turn: Turn) -> Written:
    """Begin the session proper. Raises `stage.not_ready` (with `missing` roles) without advocate or moderator."""
    return _move(turn, "go_live")


@transaction.atomic(savepoint=False)
def hold(turn: Turn) -> Written:
    """A critical phase: the picture stays, questions wait, the time counts."""
    return _move(turn, "hold")


@transaction.atomic(savepoint=False)
def resume(turn: Turn) -> Written:
    """The critical phase is over."""
    return _move(turn, "resume")


@transaction.atomic(savepoint=False)
def end(turn: Turn) -> Written:
    """Close the room for good: no more minutes, no more words, hands down."""
    return _move(turn, "end")


def _move(turn: Turn, change: str) -> Written:
    guards.rights(turn.member, f"stage.{change}")
    if turn.room.stage == rules.leads_to(change):
        return turn.unwritten()
    guards.refuse(rules.refusal(change, turn.room.stage, is_stopped=turn.room.is_stopped))
    if change == "go_live":
        _require_team(turn.room)
    before, turn.room.stage = turn.room.stage, rules.leads_to(change)
    match change:
        case "go_live":
            _begin(turn.room, turn.at)
        case "hold" | "resume":
            SafetyEvent.objects.create(room=turn.room, kind=SafetyKind(change), by_id=turn.member.pk, at=turn.at)
        case "end":
            _finish(turn.room, turn.at)
    turn.room.save(update_fields=["stage", "live_at", "ended_at"])
    return turn.write(
        Stream.ROOM,
        "stage.changed",
        {"stage": turn.room.stage, "from": before, "live_at": iso(turn.room.live_at) if turn.room.live_at else None},
    )


def _require_team(room: Room) -> None:
    missing = rooms.missing_roles(room, list(rules.NEEDED_TO_GO_LIVE))
    if missing:
        raise DomainError("stage.not_ready", missing=missing)


def _begin(room: Room, at: datetime) -> None:
    room.live_at = room.live_at or at
    LiveWindow.objects.create(room=room, started_at=at)
    sessions.mark_live(session=room.session, at=at)


def _finish(room: Room, at: datetime) -> None:
    room.ended_at = at
    LiveWindow.objects.filter(room=room, ended_at=None).update(ended_at=at)
    hands.drop_all(room=room)
    sessions.mark_ended(session=room.session, at=at)
