"""Moving a room along its stages; going live and ending are told to the session and bound the attendance."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from courses.programme.actions import sessions
from livesessions.room.actions import guards as gate
from livesessions.room.actions import hands, journal
from livesessions.room.actions.journal import Written
from livesessions.room.models import LiveWindow, Room, SafetyEvent, SafetyKind, Stream
from livesessions.room.queries import rooms
from livesessions.room.queries.members import Member
from livesessions.room.rules import stage as rules
from shared.clock import iso
from shared.errors import DomainError


@transaction.atomic(savepoint=False)
def open_(*, room: Room, member: Member, at: datetime, cid: UUID | None = None) -> Written:
    """Open the lobby.

    Every change in this file raises `forbidden` and `stage.*`; asking for the present stage changes nothing.
    """
    return _move("open", room, member, at, cid)


@transaction.atomic(savepoint=False)
def go_live(*, room: Room, member: Member, at: datetime, cid: UUID | None = None) -> Written:
    """Begin the session proper. Raises `stage.not_ready` (with `missing` roles) without advocate or moderator."""
    return _move("go_live", room, member, at, cid)


@transaction.atomic(savepoint=False)
def hold(*, room: Room, member: Member, at: datetime, cid: UUID | None = None) -> Written:
    """A critical phase: the picture stays, questions wait, the time counts."""
    return _move("hold", room, member, at, cid)


@transaction.atomic(savepoint=False)
def resume(*, room: Room, member: Member, at: datetime, cid: UUID | None = None) -> Written:
    """The critical phase is over."""
    return _move("resume", room, member, at, cid)


@transaction.atomic(savepoint=False)
def end(*, room: Room, member: Member, at: datetime, cid: UUID | None = None) -> Written:
    """Close the room for good: no more minutes, no more words, hands down."""
    return _move("end", room, member, at, cid)


def _move(change: str, room: Room, member: Member, at: datetime, cid: UUID | None) -> Written:
    gate.rights(member, f"stage.{change}")
    if room.stage == rules.leads_to(change):
        return journal.unwritten(room=room, at=at)
    gate.refuse(rules.refusal(change, room.stage, is_stopped=room.is_stopped))
    if change == "go_live":
        _require_team(room)
    before, room.stage = room.stage, rules.leads_to(change)
    match change:
        case "go_live":
            _begin(room, at)
        case "hold" | "resume":
            SafetyEvent.objects.create(room=room, kind=SafetyKind(change), by_id=member.pk, at=at)
        case "end":
            _finish(room, at)
    room.save(update_fields=["stage", "live_at", "ended_at"])
    return journal.write(
        room=room,
        stream=Stream.ROOM,
        kind="stage.changed",
        by=member,
        d={"stage": room.stage, "from": before, "live_at": iso(room.live_at) if room.live_at else None},
        at=at,
        cid=cid,
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
