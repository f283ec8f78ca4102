"""Commands that restrict people."""

import msgspec

from livesessions.realtime.commands import Context, command
from livesessions.realtime.fields import PublicId
from livesessions.room.actions import moderation
from livesessions.room.actions.journal import Written


class Mute(msgspec.Struct, frozen=True):
    person: PublicId
    muted: bool
    reason: str = ""


class Ban(msgspec.Struct, frozen=True):
    person: PublicId
    banned: bool
    reason: str = ""


@command("person.mute")
def mute(context: Context, do: Mute) -> Written:
    """Take the right to write, or give it back."""
    return moderation.mute(
        room=context.room,
        member=context.member,
        person=do.person,
        muted=do.muted,
        reason=do.reason,
        at=context.at,
        cid=context.cid,
    )


@command("person.ban")
def ban(context: Context, do: Ban) -> Written:
    """Send out of the room, or let in again."""
    return moderation.ban(
        room=context.room,
        member=context.member,
        person=do.person,
        banned=do.banned,
        reason=do.reason,
        at=context.at,
        cid=context.cid,
    )
