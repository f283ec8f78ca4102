"""Commands that move the room along its stages."""

from livesessions.realtime.commands import Nothing, command
from livesessions.room.actions import stage
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn


@command("stage.open")
def open_(turn: Turn, do: Nothing) -> Written:
    """Open the lobby."""
    return stage.open_(turn)


@command("stage.go_live")
def go_live(turn: Turn, do: Nothing) -> Written:
    """Begin the session proper."""
    return stage.go_live(turn)


@command("stage.hold")
def hold(turn: Turn, do: Nothing) -> Written:
    """A critical phase begins."""
    return stage.hold(turn)


@command("stage.resume")
def resume(turn: Turn, do: Nothing) -> Written:
    """The critical phase is over."""
    return stage.resume(turn)


@command("stage.end")
def end(turn: Turn, do: Nothing) -> Written:
    """Close the room for good."""
    return stage.end(turn)
