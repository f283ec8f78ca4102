"""Raised hands by person."""

from livesessions.room.models import Hand, Room


def raised_by(room: Room) -> list[str]:
    """Public ids of everybody whose hand is up. One query."""
    return list(Hand.objects.filter(room=room).order_by("id").values_list("person__public_id", flat=True))
