"""Commands of the chat."""

import msgspec

from livesessions.realtime.commands import Context, command
from livesessions.realtime.fields import PublicId
from livesessions.room.actions import chat
from livesessions.room.actions.journal import Written


class Post(msgspec.Struct, frozen=True):
    text: str


class Hide(msgspec.Struct, frozen=True):
    message: PublicId
    reason: str = ""


@command("chat.post", limit="chat", is_light=True)
def post(context: Context, do: Post) -> Written:
    """Say something to everybody."""
    return chat.post(room=context.room, member=context.member, text=do.text, at=context.at, cid=context.cid)


@command("chat.hide")
def hide(context: Context, do: Hide) -> Written:
    """Take a message out of sight."""
    return chat.hide(
        room=context.room,
        member=context.member,
        message=do.message,
        reason=do.reason,
        at=context.at,
        cid=context.cid,
    )
