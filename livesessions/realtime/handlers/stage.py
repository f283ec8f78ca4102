"""Commands that move the room along its stages."""

from livesessions.realtime.commands import Context, Nothing, command
from livesessions.room.actions import stage
from livesessions.room.actions.journal import Written


@command("stage.open")
def open_(context: Context, do: Nothing) -> Written:
    """Open the lobby."""
    return stage.open_(room=context.room, member=context.member, at=context.at, cid=context.cid)


@command("stage.go_live")
def go_live(context: Context, do: Nothing) -> Written:
    """Begin the session proper."""
    return stage.go_live(room=context.room, member=context.member, at=context.at, cid=context.cid)


@command("stage.hold")
def hold(context: Context, do: Nothing) -> Written:
    """A critical phase begins."""
    return stage.hold(room=context.room, member=context.member, at=context.at, cid=context.cid)


@command("stage.resume")
def resume(context: Context, do: Nothing) -> Written:
    """The critical phase is over."""
    return stage.resume(room=context.room, member=context.member, at=context.at, cid=context.cid)


@command("stage.end")
def end(context: Context, do: Nothing) -> Written:
    """Close the room for good."""
    return stage.end(room=context.room, member=context.member, at=context.at, cid=context.cid)
