"""Commands that restrict people."""

import msgspec

from livesessions.realtime.commands import command
from livesessions.realtime.fields import PublicId
from livesessions.room.actions import moderation
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn


class Mute(msgspec.Struct, frozen=True):
    person: PublicId
    muted: bool
    reason: str = ""


class Ban(msgspec.Struct, frozen=True):
    person: PublicId
    banned: bool
    reason: str = ""


@command("person.mute")
def mute(turn: Turn, do: Mute) -> Written:
    """Take the right to write, or give it back."""
    return moderation.mute(turn, person=do.person, muted=do.muted, reason=do.reason)


@command("person.ban")
def ban(turn: Turn, do: Ban) -> Written:
    """Send out of the room, or let in again."""
    return moderation.ban(turn, person=do.person, banned=do.banned, reason=do.reason)
