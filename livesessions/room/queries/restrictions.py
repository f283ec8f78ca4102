"""Mutes and bans in force."""

from livesessions.room.models import Restriction, RestrictionKind, Room


def in_force(room: Room, person: str, kind: RestrictionKind) -> Restriction | None:
    """The restriction of this kind the person with this public id is under, if any."""
    return Restriction.objects.filter(room=room, person__public_id=person, kind=kind, lifted_at=None).first()
