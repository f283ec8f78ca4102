"""Commands of polls."""

import msgspec

from livesessions.realtime.commands import Context, command
from livesessions.realtime.fields import PublicId
from livesessions.room.actions import polls
from livesessions.room.actions.journal import Written


class Open(msgspec.Struct, frozen=True):
    text: str
    options: list[str]


class Vote(msgspec.Struct, frozen=True):
    poll: PublicId
    option: int


class Close(msgspec.Struct, frozen=True):
    poll: PublicId


@command("poll.open")
def open_(context: Context, do: Open) -> Written:
    """Ask everybody to choose."""
    return polls.open_(
        room=context.room,
        member=context.member,
        text=do.text,
        options=do.options,
        at=context.at,
        cid=context.cid,
    )


@command("poll.vote", limit="vote")
def vote(context: Context, do: Vote) -> Written:
    """Choose an option."""
    return polls.vote(room=context.room, member=context.member, poll=do.poll, option=do.option, at=context.at)


@command("poll.close")
def close(context: Context, do: Close) -> Written:
    """End the vote."""
    return polls.close(room=context.room, member=context.member, poll=do.poll, at=context.at, cid=context.cid)
