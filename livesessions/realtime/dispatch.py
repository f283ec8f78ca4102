"""From a decoded frame to its reply: limits, rights, fields, then the writer."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from django.db import InterfaceError, OperationalError

from livesessions.realtime import handlers, protocol
from livesessions.realtime.commands import COMMANDS
from livesessions.realtime.limits import Flooding
from livesessions.realtime.protocol import BadFields, Envelope, Frame, History
from livesessions.realtime.room_hub import RoomHub
from livesessions.realtime.sockets import as_many_as_fit
from livesessions.realtime.writer import Answer, Job
from livesessions.room import policies
from livesessions.room.queries.members import Member
from shared.clock import now
from shared.errors import DomainError

__all__ = ["Flooding", "answer", "handlers"]

Submit = Callable[[Job], Awaitable[Answer]]

_HISTORY_ENTRIES = 200
_HISTORY_BYTES = 65_536


async def answer(submit: Submit, room: RoomHub, member: Member, envelope: Envelope, frame: Frame) -> str:
    """The reply to a command, as a frame; `submit` hands it to the writer. Never raises for what the client did wrong,
    but for Flooding.
    """
    re = envelope.id or 0
    try:
        return protocol.ok(re, await _do(submit, room, member, envelope, frame))
    except DomainError as error:
        return protocol.err(re, error.code, retry=error.retry, after_ms=error.after_ms)
    except BadFields:
        return protocol.err(re, "bad_fields")
    except (OperationalError, InterfaceError):  # the database is away; a broken constraint is not, and falls below
        return protocol.err(re, "unavailable", retry=True, after_ms=1000)
    except (Flooding, asyncio.CancelledError):
        raise
    except Exception:  # logged where it happened, with its traceback
        return protocol.err(re, "internal")


async def _do(submit: Submit, room: RoomHub, member: Member, envelope: Envelope, frame: Frame) -> dict[str, Any]:
    _charge(room, member, "all")
    if envelope.do == "history":
        _charge(room, member, "history")
        return await _history(room, member, protocol.fields(frame, History))
    command = COMMANDS.get(envelope.do)
    if command is None:
        raise DomainError("unknown_command")
    if code := policies.refusal(member, envelope.do):
        raise DomainError(code)
    if envelope.cid is None:
        raise DomainError("cid.missing")
    fields = protocol.fields(frame, command.fields)
    if command.limit:
        _charge(room, member, command.limit)
    job = Job(room.pk, member, command, fields, envelope.cid, protocol.payload(frame), now())
    try:
        return await submit(job)
    except (OperationalError, InterfaceError):
        if command.limit:
            room.allowances[member.id].give_back(command.limit)
        raise


def _charge(room: RoomHub, member: Member, name: str) -> None:
    if after_ms := room.allowances[member.id].charge(name, room.now()):
        raise DomainError("rate.limited", retry=True, after_ms=after_ms)


async def _history(room: RoomHub, member: Member, ask: History) -> dict[str, Any]:
    if ask.st not in room.rings or (ask.st == "desk" and not policies.may_hear_desk(member)):
        raise DomainError("forbidden")
    wires = as_many_as_fit(await room.entries_after(ask.st, ask.since, _HISTORY_ENTRIES), _HISTORY_BYTES)
    return {"entries": protocol.raw(wires), "more": ask.since + len(wires) < room.rings[ask.st].top}
