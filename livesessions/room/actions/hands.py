"""Raising a hand and lowering it."""

from datetime import datetime

from django.db import transaction

from livesessions.room import policies
from livesessions.room.actions import guards as gate
from livesessions.room.actions import journal
from livesessions.room.actions.journal import Written
from livesessions.room.events import HandsChanged, announce
from livesessions.room.models import Hand, Room
from livesessions.room.queries import hands
from livesessions.room.queries.members import Member


@transaction.atomic(savepoint=False)
def raise_(*, room: Room, member: Member, at: datetime) -> Written:
    """Ask to speak. A raised hand stays where it is in the row. Raises `forbidden`, `stage.*`."""
    gate.rights(member, "hand.raise")
    gate.speaking(room)
    hand = Hand(room=room, person_id=member.pk, card=member.as_card(), raised_at=at)
    Hand.objects.bulk_create([hand], ignore_conflicts=True)
    announce(HandsChanged(room.public_id, member.id))
    return journal.unwritten(room=room, at=at)


@transaction.atomic(savepoint=False)
def lower(*, room: Room, member: Member, person: str | None = None, at: datetime) -> Written:
    """Lower one's own hand, or as staff that of the person with this public id; lowered already, nothing changes.

    Raises `forbidden`.
    """
    gate.rights(member, "hand.lower")
    person = person or member.id
    if not policies.may_lower(member, person):
        gate.refuse("forbidden")
    drop(room=room, person=person)
    return journal.unwritten(room=room, at=at)


def drop(*, room: Room, person: str) -> None:
    """Take this person's hand down, if it is up; inside the caller's transaction, whose policy it is."""
    if Hand.objects.filter(room=room, person__public_id=person).delete()[0]:
        announce(HandsChanged(room.public_id, person))


def drop_all(*, room: Room) -> None:
    """Take every hand down; inside the caller's transaction, whose policy it is."""
    for person in hands.raised_by(room):
        announce(HandsChanged(room.public_id, person))
    Hand.objects.filter(room=room).delete()
