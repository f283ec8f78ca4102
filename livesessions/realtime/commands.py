"""The table of commands: what a frame may ask for, how its fields are decoded, which handler does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_type_hints

import msgspec

from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn

Handler = Callable[[Turn, Any], Written]


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the table. `fields` is the msgspec struct of the command's own fields; `limit` names the bucket it
    is charged to, beside the one for everything. A light one adds rows that nothing else in its transaction reads,
    after its last refusal; it shares its statements with its neighbours and needs no savepoint.
    """

    do: str
    fields: type[msgspec.Struct]
    handler: Handler
    limit: str | None
    is_light: bool = False


COMMANDS: dict[str, Command] = {}


def command(do: str, *, limit: str | None = None, is_light: bool = False) -> Callable[[Handler], Handler]:
    """Register a handler; its second parameter's annotation is the struct the fields are decoded into."""

    def register(handler: Handler) -> Handler:
        hints = [hint for name, hint in get_type_hints(handler).items() if name != "return"]
        COMMANDS[do] = Command(do, hints[1], handler, limit, is_light)
        return handler

    return register


class Nothing(msgspec.Struct, frozen=True):
    """A command without fields of its own."""
