"""Writing to a room's journal: the only place where a sequence number is given."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from livesessions.room.actions import batches
from livesessions.room.events import JournalWritten, announce
from livesessions.room.models import JournalEntry, Receipt, Room, Stream
from livesessions.room.queries.members import Member
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
    batches.insert(JournalEntry(room=room, stream=stream, seq=seq, kind=kind, at=at, wire=wire), room=room)
    announce(JournalWritten(room.public_id, stream.value, seq, wire, touches))
    return Written(stream.value, seq, at, extra or {})


def unwritten(*, room: Room, at: datetime, extra: dict[str, Any] | None = None) -> Written:
    """The answer to a change that leaves no entry (a vote, a hand): the top of the room's stream as it stands."""
    batch = batches.current(room)
    seq = batch.tops[Stream.ROOM] if batch else Room.objects.values_list("room_seq", flat=True).get(pk=room.pk)
    return Written(Stream.ROOM.value, seq, at, extra or {})


Key = tuple[int, UUID]


def receipts(*, room: Room, keys: Collection[Key]) -> dict[Key, Receipt]:
    """The receipts of those commands that were done already, by person's database key and cid. One query."""
    rows = Receipt.objects.filter(room=room, cid__in={cid for _, cid in keys})
    return {(receipt.person_id, receipt.cid): receipt for receipt in rows}


def first_answer(receipt: Receipt, payload: bytes) -> dict[str, Any]:
    """What the command was answered when it was done. Raises `cid.conflict` when it had another payload."""
    if receipt.digest != digest(payload):
        raise DomainError("cid.conflict")
    answer: dict[str, Any] = receipt.answer
    return answer


def keep(*, room: Room, person: int, cid: UUID, payload: bytes, answer: dict[str, Any]) -> Receipt:
    """Keep the answer for ever, in the transaction of the change it answers."""
    receipt = Receipt(room=room, person_id=person, cid=cid, digest=digest(payload), answer=answer)
    batches.insert(receipt, room=room)
    return receipt


def digest(payload: bytes) -> str:
    """Of the command's canonical payload: 128 bits in hex."""
    return hashlib.blake2b(payload, digest_size=16).hexdigest()


def _next_seq(room: Room, stream: Stream) -> int:
    if batch := batches.current(room):
        return batch.next_seq(stream)
    column = f"{stream.value}_seq"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE room_room SET {column} = {column} + 1 WHERE id = %s RETURNING {column}",  # noqa: S608
            [room.pk],
        )
        return int(cursor.fetchone()[0])
