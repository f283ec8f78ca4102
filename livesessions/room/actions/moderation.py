"""Muting and banning, and lifting both."""

from django.db import transaction

from livesessions.room import policies
from livesessions.room.actions import guards, hands
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn
from livesessions.room.events import RightsChanged, announce
from livesessions.room.models import Restriction, RestrictionKind, Stream
from livesessions.room.queries import members, restrictions
from shared.errors import DomainError


@transaction.atomic(savepoint=False)
def mute(turn: Turn, *, person: str, muted: bool, reason: str = "") -> Written:
    """Take somebody's right to write, or give it back. Raises `forbidden`, `person.unknown`, `reason.too_long`."""
    guards.rights(turn.member, "person.mute")
    reason = guards.reason(reason)
    card = _set(turn, person, RestrictionKind.MUTE, muted, reason)
    if card is None:
        return turn.unwritten()
    return turn.write(
        Stream.DESK, "person.muted", {"person": card, "muted": muted, "reason": reason}, touches=(person,)
    )


@transaction.atomic(savepoint=False)
def ban(turn: Turn, *, person: str, banned: bool, reason: str = "") -> Written:
    """Send somebody out of the room, hand down, or let them in again.

    Raises `forbidden`, `person.unknown`, `reason.too_long`.
    """
    guards.rights(turn.member, "person.ban")
    reason = guards.reason(reason)
    card = _set(turn, person, RestrictionKind.BAN, banned, reason)
    if card is None:
        return turn.unwritten()
    if banned:
        hands.drop(room=turn.room, person=person)
    return turn.write(
        Stream.DESK, "person.banned", {"person": card, "banned": banned, "reason": reason}, touches=(person,)
    )


def _set(turn: Turn, person: str, kind: RestrictionKind, wanted: bool, reason: str) -> dict[str, str] | None:
    """Make or lift the restriction; the card of its person, None when it was so already."""
    present = restrictions.in_force(turn.room, person, kind)
    target = members.find(room=turn.room, person=person)
    if target is None and present is None:
        raise DomainError("person.unknown")
    if target and not policies.may_restrict(turn.member, target):
        raise DomainError("forbidden")
    if wanted == bool(present):
        return None
    announce(RightsChanged(turn.room.public_id, person))
    if present:
        present.lifted_at = turn.at
        present.save(update_fields=["lifted_at"])
        card: dict[str, str] = present.card
        return card
    if target is None:
        raise DomainError("person.unknown")
    card = target.as_card()
    Restriction.objects.create(
        room=turn.room,
        person_id=target.pk,
        card=card,
        kind=kind,
        reason=reason,
        made_by_id=turn.member.pk,
        made_at=turn.at,
    )
    return card
