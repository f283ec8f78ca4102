"""Commands of the stop button."""

import msgspec

from livesessions.realtime.commands import Context, Nothing, command
from livesessions.room.actions import safety
from livesessions.room.actions.journal import Written


class Stop(msgspec.Struct, frozen=True):
    reason: str = ""


@command("safety.stop")
def stop(context: Context, do: Stop) -> Written:
    """Stop the broadcast."""
    return safety.stop(room=context.room, member=context.member, reason=do.reason, at=context.at, cid=context.cid)


@command("safety.clear")
def clear(context: Context, do: Nothing) -> Written:
    """Let the broadcast go on."""
    return safety.clear(room=context.room, member=context.member, at=context.at, cid=context.cid)
