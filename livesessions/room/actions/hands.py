"""Raising a hand and lowering it."""

from django.db import transaction

from livesessions.room import policies
from livesessions.room.actions import guards
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn
from livesessions.room.events import HandsChanged, announce
from livesessions.room.models import Hand, Room
from livesessions.room.queries import hands


@transaction.atomic(savepoint=False)
def raise_(turn: Turn) -> Written:
    """Ask to speak. A raised hand stays where it is in the row. Raises `forbidden`, `stage.*`."""
    guards.rights(turn.member, "hand.raise")
    guards.speaking(turn.room)
    hand = Hand(room=turn.room, person_id=turn.member.pk, card=turn.member.as_card(), raised_at=turn.at)
    Hand.objects.bulk_create([hand], ignore_conflicts=True)
    announce(HandsChanged(turn.room.public_id, turn.member.id))
    return turn.unwritten()


@transaction.atomic(savepoint=False)
def lower(turn: Turn, *, person: str | None = None) -> Written:
    """Lower one's own hand, or as staff that of the person with this public id; lowered already, nothing changes.

    Raises `forbidden`.
    """
    guards.rights(turn.member, "hand.lower")
    person = person or turn.member.id
    if not policies.may_lower(turn.member, person):
        guards.refuse("forbidden")
    drop(room=turn.room, person=person)
    return turn.unwritten()


def drop(*, room: Room, person: str) -> None:
    """Take this person's hand down, if it is up; inside the caller's transaction, whose policy it is."""
    if Hand.objects.filter(room=room, person__public_id=person).delete()[0]:
        announce(HandsChanged(room.public_id, person))


def drop_all(*, room: Room) -> None:
    """Take every hand down; inside the caller's transaction, whose policy it is."""
    for person in hands.raised_by(room):
        announce(HandsChanged(room.public_id, person))
    Hand.objects.filter(room=room).delete()
