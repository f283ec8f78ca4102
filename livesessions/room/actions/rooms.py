"""Rooms: made when somebody first asks for one, and held still for a change."""

from django.db.models import QuerySet

from courses.programme.models import Session
from livesessions.room.models import Room


def for_session(public_id: str) -> Room | None:
    """The room of this session, made the first time somebody asks; None for an unknown session, and for one that was
    cancelled before it had a room.

    The session and its course come with it. Idempotent. One query, two more the first time.
    """
    room = _with_session().filter(public_id=public_id).first()
    if room:
        return room
    session = Session.objects.select_related("course").filter(public_id=public_id, cancelled_at=None).first()
    if session is None:
        return None
    room, _ = Room.objects.get_or_create(session=session, defaults={"public_id": session.public_id})
    room.session = session
    return room


def locked(pk: int) -> Room:
    """The room as it stands now, its row locked until the transaction ends: changes of one room happen one by one.

    Raises `Room.DoesNotExist`. SQLite needs no row lock, its transactions write one at a time.
    """
    return _with_session().select_for_update(of=("self",)).get(pk=pk)


def _with_session() -> QuerySet[Room]:
    return Room.objects.select_related("session__course")
