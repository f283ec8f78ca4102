"""Commands of raised hands."""

import msgspec

from livesessions.realtime.commands import Context, Nothing, command
from livesessions.realtime.fields import PublicId
from livesessions.room.actions import hands
from livesessions.room.actions.journal import Written


class Lower(msgspec.Struct, frozen=True):
    person: PublicId | None = None


@command("hand.raise")
def raise_(context: Context, do: Nothing) -> Written:
    """Ask to speak."""
    return hands.raise_(room=context.room, member=context.member, at=context.at)


@command("hand.lower")
def lower(context: Context, do: Lower) -> Written:
    """Lower one's own hand, or as staff another's."""
    return hands.lower(room=context.room, member=context.member, person=do.person, at=context.at)
