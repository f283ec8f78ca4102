"""Commands of the chat."""

import msgspec

from livesessions.realtime.commands import command
from livesessions.realtime.fields import PublicId
from livesessions.room.actions import chat
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn


class Post(msgspec.Struct, frozen=True):
    text: str


class Hide(msgspec.Struct, frozen=True):
    message: PublicId
    reason: str = ""


@command("chat.post", limit="chat", is_light=True)
def post(turn: Turn, do: Post) -> Written:
    """Say something to everybody."""
    return chat.post(turn, text=do.text)


@command("chat.hide")
def hide(turn: Turn, do: Hide) -> Written:
    """Take a message out of sight."""
    return chat.hide(turn, message=do.message, reason=do.reason)
