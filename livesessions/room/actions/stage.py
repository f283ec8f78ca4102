"""Moving a room along its stages; going live and ending are told to the session and bound the attendance."""

from datetime import datetime

from django.db import transaction

from courses.programme.actions import sessions
from livesessions.room import policies
from livesessions.room.actions import guards, hands, journal, rooms
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn
from livesessions.room.models import LiveWindow, Room, SafetyEvent, SafetyKind, Stage, Stream
from livesessions.room.queries.rooms import missing_roles, reopening_refusal
from livesessions.room.rules import stage as rules
from shared.clock import iso
from shared.errors import DomainError

_SAVED = ["stage", "live_at", "ended_at", "closed_at", "is_closed_by_itself"]


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
    """A critical phase: questions wait, the time counts."""
    return _move(turn, "hold")


@transaction.atomic(savepoint=False)
def resume(turn: Turn) -> Written:
    """The critical phase is over."""
    return _move(turn, "resume")


@transaction.atomic(savepoint=False)
def end(turn: Turn) -> Written:
    """Close the room: no more minutes, no more words, hands down."""
    return _move(turn, "end")


@transaction.atomic
def close(*, room_pk: int, ended_at: datetime, at: datetime) -> bool:
    """Close a room that nobody ended, or whose session was cancelled, as ended at `ended_at`; whether it was open.

    Called by what keeps the definition of over (docs/attendance.md), never for a person. Idempotent.
    """
    room = rooms.locked(room_pk)
    if room.stage == Stage.ENDED:
        return False
    before, room.stage, room.is_closed_by_itself = room.stage, Stage.ENDED, True
    _finish(room, ended_at, at)
    room.save(update_fields=_SAVED)
    journal.write(room=room, stream=Stream.ROOM, kind="stage.changed", by=None, d=_told(room, before), at=at)
    return True


@transaction.atomic
def remind(*, room_pk: int, at: datetime) -> bool:
    """Tell the desk that the planned end has come while it is live; whether it was told now. Idempotent."""
    room = rooms.locked(room_pk)
    planned = room.session.planned_end_at
    if not rules.is_reminder_due(room.stage, at, planned_end_at=planned, reminded_at=room.reminded_at):
        return False
    room.reminded_at = at
    room.save(update_fields=["reminded_at"])
    told = {"planned_end_at": iso(planned), "closes_at": iso(room.session.latest_end_at)}
    journal.write(room=room, stream=Stream.DESK, kind="stage.overdue", by=None, d=told, at=at)
    return True


@transaction.atomic
def reopen(turn: Turn) -> Written:
    """Take back an end that came by mistake, for some minutes; what was missed in between counts for nobody.

    Raises `forbidden`, `stage.too_late`, `stage.wrong`.
    """
    room = turn.room
    if not policies.may_reopen(turn.member):
        raise DomainError("forbidden")
    if room.stage in {Stage.OPEN, Stage.LIVE}:
        return turn.unwritten()
    guards.refuse(reopening_refusal(room, turn.at))
    before, room.stage = room.stage, Stage.LIVE if room.live_at else Stage.OPEN
    room.ended_at, room.closed_at, room.is_closed_by_itself = None, None, False
    if room.live_at:
        LiveWindow.objects.create(room=room, started_at=turn.at)
    sessions.mark_reopened(session=room.session)
    room.save(update_fields=_SAVED)
    return turn.write(Stream.ROOM, "stage.changed", _told(room, before))


def _move(turn: Turn, change: str) -> Written:
    guards.rights(turn.member, f"stage.{change}")
    if turn.room.stage == rules.leads_to(change):
        return turn.unwritten()
    guards.refuse(rules.refusal(change, turn.room.stage, is_stopped=turn.room.is_stopped))
    if change != "end" and turn.room.is_over(turn.at):
        raise DomainError("stage.ended")
    if change == "go_live":
        _require_team(turn.room)
    before, turn.room.stage = turn.room.stage, rules.leads_to(change)
    match change:
        case "go_live":
            _begin(turn.room, turn.at)
        case "hold" | "resume":
            by = {"by_id": turn.member.pk, "role": turn.member.role}
            SafetyEvent.objects.create(room=turn.room, kind=SafetyKind(change), at=turn.at, **by)
        case "end":
            _finish(turn.room, turn.at, turn.at)
    turn.room.save(update_fields=_SAVED)
    return turn.write(Stream.ROOM, "stage.changed", _told(turn.room, before))


def _told(room: Room, before: str) -> dict[str, str | None]:
    return {"stage": room.stage, "from": before, "live_at": iso(room.live_at) if room.live_at else None}


def _require_team(room: Room) -> None:
    missing = missing_roles(room, list(rules.NEEDED_TO_GO_LIVE))
    if missing:
        raise DomainError("stage.not_ready", missing=missing)


def _begin(room: Room, at: datetime) -> None:
    room.live_at = room.live_at or at
    LiveWindow.objects.create(room=room, started_at=at)
    sessions.mark_live(session=room.session, at=at)


def _finish(room: Room, ended_at: datetime, at: datetime) -> None:
    room.ended_at, room.closed_at = ended_at, at
    LiveWindow.objects.filter(room=room, ended_at=None).update(ended_at=ended_at)
    hands.drop_all(room=room)
    if room.session.cancelled_at is None:
        sessions.mark_ended(session=room.session, at=ended_at)
