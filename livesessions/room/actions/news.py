"""What a room is told when its session's plan changes: an open lobby hears of a new start."""

from django.db import transaction

from courses.programme.events import SessionMoved
from livesessions.room.actions import journal, rooms
from livesessions.room.models import Room, Stage, Stream
from shared.clock import iso


@transaction.atomic
def moved(event: SessionMoved) -> None:
    """Tell whoever is in the room the start and planned end as they are now. Nobody is told where nobody can be."""
    found = Room.objects.filter(session__public_id=event.session).exclude(stage=Stage.ENDED).first()
    if found is None:
        return
    room = rooms.locked(found.pk)
    room.reminded_at = None  # a later planned end is told again
    room.save(update_fields=["reminded_at"])
    told = {"starts_at": iso(room.session.starts_at), "planned_end_at": iso(room.session.planned_end_at)}
    journal.write(room=room, stream=Stream.ROOM, kind="session.moved", by=None, d=told, at=event.at)
