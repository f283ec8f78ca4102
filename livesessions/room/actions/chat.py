"""Writing in the chat, and hiding what should not stand there."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from livesessions.room.actions import batches, journal
from livesessions.room.actions import guards as gate
from livesessions.room.actions.journal import Written
from livesessions.room.models import ChatMessage, JournalEntry, Room, Stream
from livesessions.room.queries import chat
from livesessions.room.queries.members import Member
from livesessions.room.rules import texts
from shared.ids import public_id


@transaction.atomic(savepoint=False)
def post(*, room: Room, member: Member, text: str, at: datetime, cid: UUID | None = None) -> Written:
    """Say something to everybody; `ok.message` is its id.

    Not idempotent by itself: the transport's receipt makes one command one message. Raises `forbidden`,
    `person.muted`, `stage.*`, `chat.empty`, `chat.too_long`, `text.invalid`.
    """
    gate.rights(member, "chat.post")
    gate.speaking(room)
    text = gate.text(text, noun="chat", limit=settings.ROOM_MAX_TEXT)
    message = ChatMessage(public_id=public_id(), room=room, author_id=member.pk, text=text, posted_at=at)
    written = journal.write(
        room=room,
        stream=Stream.ROOM,
        kind="chat.posted",
        by=member,
        d={"id": message.public_id, "text": text},
        at=at,
        cid=cid,
        extra={"message": message.public_id},
    )
    message.seq = written.seq
    batches.insert(message, room=room)
    return written


@transaction.atomic(savepoint=False)
def hide(
    *, room: Room, member: Member, message: str, reason: str = "", at: datetime, cid: UUID | None = None
) -> Written:
    """Take a message out of everybody's sight; it stays in the record. Hiding a hidden one changes nothing.

    Raises `forbidden`, `message.unknown`, `reason.too_long`.
    """
    gate.rights(member, "chat.hide")
    reason = gate.reason(reason)
    found = chat.named(room, message)
    if found.hidden_at:
        return journal.unwritten(room=room, at=at)
    found.hidden_at, found.hidden_by_id, found.hidden_reason = at, member.pk, reason
    found.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    _empty(JournalEntry.objects.get(room=room, stream=Stream.ROOM, seq=found.seq))
    return journal.write(
        room=room,
        stream=Stream.ROOM,
        kind="chat.hidden",
        by=member,
        d={"id": found.public_id, "seq": found.seq},
        at=at,
        cid=cid,
    )


def _empty(entry: JournalEntry) -> None:
    """Leave the entry in its place without its words: no replay and no snapshot sends them again."""
    entry.wire = texts.emptied(entry.wire)
    entry.save(update_fields=["wire"])
