"""Chat messages by their public id."""

from livesessions.room.models import ChatMessage, Room
from shared.errors import DomainError


def named(room: Room, public_id: str) -> ChatMessage:
    """The room's message of this id. Raises `message.unknown`, also for another room's."""
    message = ChatMessage.objects.filter(room=room, public_id=public_id).first()
    if message is None:
        raise DomainError("message.unknown")
    return message
