"""Commands of polls."""

import msgspec

from livesessions.realtime.commands import command
from livesessions.realtime.fields import PublicId
from livesessions.room.actions import polls
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn


class Open(msgspec.Struct, frozen=True):
    text: str
    options: list[str]


class Vote(msgspec.Struct, frozen=True):
    poll: PublicId
    option: int


class Close(msgspec.Struct, frozen=True):
    poll: PublicId


@command("poll.open")
def open_(turn: Turn, do: Open) -> Written:
    """Ask everybody to choose."""
    return polls.open_(turn, text=do.text, options=do.options)


@command("poll.vote", limit="vote")
def vote(turn: Turn, do: Vote) -> Written:
    """Choose an option."""
    return polls.vote(turn, poll=do.poll, option=do.option)


@command("poll.close")
def close(turn: Turn, do: Close) -> Written:
    """End the vote."""
    return polls.close(turn, poll=do.poll)
