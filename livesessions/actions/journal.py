"""Writing to a room's journal: the only place where a sequence number is given."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from livesessions.events import JournalWritten, announce
from livesessions.models import JournalEntry, Receipt, Room, Stream
from livesessions.queries.members import Member
from shared.clock import iso
from shared.errors import DomainError

_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Written:
    """Where a change stands: its stream, its number there and its instant; `extra` goes into the reply's `ok`."""

    stream: str
    seq: int
    at: datetime
    extra: dict[str, Any] = field(default_factory=dict)

    def as_ok(self) -> dict[str, Any]:
        """The `ok` of a reply."""
        return {"st": self.stream, "seq": self.seq, "at": iso(self.at), **self.extra}


def write(
    *,
    room: Room,
    stream: Stream,
    kind: str,
    by: Member | None,
    d: dict[str, Any],
    at: datetime,
    cid: UUID | None = None,
    touches: tuple[str, ...] = (),
    extra: dict[str, Any] | None = None,
) -> Written:
    """Append one entry, inside the caller's transaction.

    The counter's row stays locked until commit, so numbers are committed in order and without holes. `touches` are
    public ids of people whose own state changes with it.
    """
    seq = _next_seq(room, stream)
    entry = {"st": stream.value, "seq": seq, "kind": kind, "at": iso(at), "by": by.as_author() if by else None}
    if cid:
        entry["cid"] = str(cid)
    wire = _encode({**entry, "d": d}).decode()
    JournalEntry.objects.create(room=room, stream=stream, seq=seq, kind=kind, at=at, wire=wire)
    announce(JournalWritten(room.public_id, stream.value, seq, wire, touches))
    return Written(stream.value, seq, at, extra or {})


def unwritten(*, room: Room, at: datetime, extra: dict[str, Any] | None = None) -> Written:
    """The answer to a change that leaves no entry (a vote, a hand): the top of the room's stream as it stands."""
    seq = Room.objects.values_list("room_seq", flat=True).get(pk=room.pk)
    return Written(Stream.ROOM.value, seq, at, extra or {})


def once(*, room: Room, person: int, cid: UUID, payload: bytes) -> dict[str, Any] | None:
    """The first answer to this command, or None when it is new. Raises `cid.conflict` for another payload."""
    receipt = Receipt.objects.filter(room=room, person_id=person, cid=cid).first()
    if receipt is None:
        return None
    if receipt.digest != digest(payload):
        raise DomainError("cid.conflict")
    answer: dict[str, Any] = receipt.answer
    return answer


def keep(*, room: Room, person: int, cid: UUID, payload: bytes, answer: dict[str, Any]) -> None:
    """Keep the answer for ever, in the transaction of the change it answers."""
    Receipt.objects.create(room=room, person_id=person, cid=cid, digest=digest(payload), answer=answer)


def digest(payload: bytes) -> str:
    """Of the command's canonical payload: 128 bits in hex."""
    return hashlib.blake2b(payload, digest_size=16).hexdigest()


def _next_seq(room: Room, stream: Stream) -> int:
    column = f"{stream.value}_seq"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE livesessions_room SET {column} = {column} + 1 WHERE id = %s RETURNING {column}",  # noqa: S608
            [room.pk],
        )
        return int(cursor.fetchone()[0])
