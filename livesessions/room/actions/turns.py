"""Whose turn it is: what every command of the room is given beside its own fields."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from livesessions.room.actions import journal
from livesessions.room.actions.journal import Written
from livesessions.room.models import Room, Stream
from livesessions.room.queries.members import Member


@dataclass(frozen=True, slots=True)
class Turn:
    """`room` as it stands inside the transaction, who acts, when; `cid` names the command, where it came by one."""

    room: Room
    member: Member
    at: datetime
    cid: UUID | None = None

    def write(
        self,
        stream: Stream,
        kind: str,
        d: dict[str, Any],
        *,
        touches: tuple[str, ...] = (),
        extra: dict[str, Any] | None = None,
    ) -> Written:
        """Append this member's entry to the journal. `touches`, `extra`: as in `journal.write`."""
        return journal.write(
            room=self.room,
            stream=stream,
            kind=kind,
            by=self.member,
            d=d,
            at=self.at,
            cid=self.cid,
            touches=touches,
            extra=extra,
        )

    def unwritten(self) -> Written:
        """The answer to a change that leaves no entry."""
        return journal.unwritten(room=self.room, at=self.at)
