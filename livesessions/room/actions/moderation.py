"""Muting and banning, and lifting both."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from livesessions.room import policies
from livesessions.room.actions import guards as gate
from livesessions.room.actions import hands, journal
from livesessions.room.actions.journal import Written
from livesessions.room.events import RightsChanged, announce
from livesessions.room.models import Restriction, RestrictionKind, Room, Stream
from livesessions.room.queries import members, restrictions
from livesessions.room.queries.members import Member
from shared.errors import DomainError


@transaction.atomic(savepoint=False)
def mute(
    *,
    room: Room,
    member: Member,
    person: str,
    muted: bool,
    reason: str = "",
    at: datetime,
    cid: UUID | None = None,
) -> Written:
    """Take somebody's right to write, or give it back. Raises `forbidden`, `person.unknown`, `reason.too_long`."""
    gate.rights(member, "person.mute")
    reason = gate.reason(reason)
    card = _set(room, member, person, RestrictionKind.MUTE, muted, reason, at)
    if card is None:
        return journal.unwritten(room=room, at=at)
    return journal.write(
        room=room,
        stream=Stream.DESK,
        kind="person.muted",
        by=member,
        d={"person": card, "muted": muted, "reason": reason},
        at=at,
        cid=cid,
        touches=(person,),
    )


@transaction.atomic(savepoint=False)
def ban(
    *,
    room: Room,
    member: Member,
    person: str,
    banned: bool,
    reason: str = "",
    at: datetime,
    cid: UUID | None = None,
) -> Written:
    """Send somebody out of the room, hand down, or let them in again.

    Raises `forbidden`, `person.unknown`, `reason.too_long`.
    """
    gate.rights(member, "person.ban")
    reason = gate.reason(reason)
    card = _set(room, member, person, RestrictionKind.BAN, banned, reason, at)
    if card is None:
        return journal.unwritten(room=room, at=at)
    if banned:
        hands.drop(room=room, person=person)
    return journal.write(
        room=room,
        stream=Stream.DESK,
        kind="person.banned",
        by=member,
        d={"person": card, "banned": banned, "reason": reason},
        at=at,
        cid=cid,
        touches=(person,),
    )


def _set(
    room: Room, member: Member, person: str, kind: RestrictionKind, wanted: bool, reason: str, at: datetime
) -> dict[str, str] | None:
    """Make or lift the restriction; the card of its person, None when it was so already."""
    present = restrictions.in_force(room, person, kind)
    target = members.find(room=room, person=person)
    if target is None and present is None:
        raise DomainError("person.unknown")
    if target and not policies.may_restrict(member, target):
        raise DomainError("forbidden")
    if wanted == bool(present):
        return None
    announce(RightsChanged(room.public_id, person))
    if present:
        present.lifted_at = at
        present.save(update_fields=["lifted_at"])
        card: dict[str, str] = present.card
        return card
    if target is None:
        raise DomainError("person.unknown")
    card = target.as_card()
    Restriction.objects.create(
        room=room, person_id=target.pk, card=card, kind=kind, reason=reason, made_by_id=member.pk, made_at=at
    )
    return card
