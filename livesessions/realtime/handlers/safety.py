"""Commands of the stop button."""

import msgspec

from livesessions.realtime.commands import Nothing, command
from livesessions.room.actions import safety
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn


class Stop(msgspec.Struct, frozen=True):
    reason: str = ""


@command("safety.stop")
def stop(turn: Turn, do: Stop) -> Written:
    """Stop the broadcast."""
    return safety.stop(turn, reason=do.reason)


@command("safety.clear")
def clear(turn: Turn, do: Nothing) -> Written:
    """Let the broadcast go on."""
    return safety.clear(turn)
