"""Finding the session a report is about."""

from courses.programme.models import Session
from livesessions.room.models import Room


def find_session(public_id: str) -> Session | None:
    """The session with its course, cancelled or not: what happened stays on record. One query."""
    return Session.objects.select_related("course").filter(public_id=public_id).first()


def find_room(session: Session) -> Room | None:
    """The session's live room, if anybody ever asked for it. One query."""
    return Room.objects.filter(session=session).first()
