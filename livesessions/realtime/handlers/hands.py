"""Commands of raised hands."""

import msgspec

from livesessions.realtime.commands import Nothing, command
from livesessions.realtime.fields import PublicId
from livesessions.room.actions import hands
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn


class Lower(msgspec.Struct, frozen=True):
    person: PublicId | None = None


@command("hand.raise")
def raise_(turn: Turn, do: Nothing) -> Written:
    """Ask to speak."""
    return hands.raise_(turn)


@command("hand.lower")
def lower(turn: Turn, do: Lower) -> Written:
    """Lower one's own hand, or as staff another's."""
    return hands.lower(turn, person=do.person)
