"""The code at a room's door, made from the site's own secret."""

from datetime import datetime

from django.conf import settings

from livesessions.attendance.rules import door_codes
from livesessions.room.models import Room


def current(room: Room, at: datetime) -> str:
    """What the door shows now."""
    return door_codes.code(_secret(), room.public_id, at)


def is_valid(room: Room, given: str, at: datetime) -> bool:
    """Whether the door showed this a moment ago."""
    return door_codes.is_valid(_secret(), room.public_id, given, at)


def _secret() -> bytes:
    return settings.SECRET_KEY.encode()
