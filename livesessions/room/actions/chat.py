"""Writing in the chat, and hiding what should not stand there."""

from django.conf import settings
from django.db import transaction

from livesessions.room.actions import batches, guards
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn
from livesessions.room.models import ChatMessage, JournalEntry, Stream
from livesessions.room.queries import chat
from livesessions.room.rules import texts
from shared.ids import public_id


@transaction.atomic(savepoint=False)
def post(turn: Turn, *, text: str) -> Written:
    """Say something to everybody; `ok.message` is its id.

    Not idempotent by itself: the transport's receipt makes one command one message. Raises `forbidden`,
    `person.muted`, `stage.*`, `chat.empty`, `chat.too_long`, `text.invalid`.
    """
    guards.rights(turn.member, "chat.post")
    guards.speaking(turn.room)
    text = guards.text(text, noun="chat", limit=settings.ROOM_MAX_TEXT)
    message = ChatMessage(public_id=public_id(), room=turn.room, author_id=turn.member.pk, text=text, posted_at=turn.at)
    written = turn.write(
        Stream.ROOM, "chat.posted", {"id": message.public_id, "text": text}, extra={"message": message.public_id}
    )
    message.seq = written.seq
    batches.insert(message, room=turn.room)
    return written


@transaction.atomic(savepoint=False)
def hide(turn: Turn, *, message: str, reason: str = "") -> Written:
    """Take a message out of everybody's sight; it stays in the record. Hiding a hidden one changes nothing.

    Raises `forbidden`, `message.unknown`, `reason.too_long`.
    """
    guards.rights(turn.member, "chat.hide")
    reason = guards.reason(reason)
    row = chat.named(turn.room, message)
    if row.hidden_at:
        return turn.unwritten()
    row.hidden_at, row.hidden_by_id, row.hidden_reason = turn.at, turn.member.pk, reason
    row.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    _empty(JournalEntry.objects.get(room=turn.room, stream=Stream.ROOM, seq=row.seq))
    return turn.write(Stream.ROOM, "chat.hidden", {"id": row.public_id, "seq": row.seq})


def _empty(entry: JournalEntry) -> None:
    """Leave the entry in its place without its words: no replay and no snapshot sends them again."""
    entry.wire = texts.emptied(entry.wire)
    entry.save(update_fields=["wire"])
