"""Opening a poll, voting in it, closing it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from livesessions.room.actions import guards as gate
from livesessions.room.actions import journal
from livesessions.room.actions.journal import Written
from livesessions.room.events import TalliesChanged, announce
from livesessions.room.models import Poll, PollVote, Room, Stream
from livesessions.room.queries import polls
from livesessions.room.queries.members import Member
from livesessions.room.rules.polls import are_good
from livesessions.room.rules.texts import POLL_LIMIT, clean
from shared.clock import iso


@transaction.atomic(savepoint=False)
def open_(
    *, room: Room, member: Member, text: str, options: list[str], at: datetime, cid: UUID | None = None
) -> Written:
    """Ask everybody to choose one of two to eight options; `ok.poll` is its id.

    Not idempotent by itself: the transport's receipt makes one command one poll. Raises `forbidden`, `stage.*`,
    `poll.empty`, `poll.too_long`, `poll.options`, `text.invalid`.
    """
    gate.rights(member, "poll.open")
    gate.speaking(room)
    text = gate.text(text, noun="poll", limit=POLL_LIMIT)
    options = [clean(option) for option in options]
    if not are_good(options):
        gate.refuse("poll.options")
    poll = Poll.objects.create(room=room, text=text, options=options, opened_at=at)
    return journal.write(
        room=room,
        stream=Stream.ROOM,
        kind="poll.opened",
        by=member,
        d=polls.as_wire(poll, None),
        at=at,
        cid=cid,
        extra={"poll": poll.public_id},
    )


@transaction.atomic(savepoint=False)
def vote(*, room: Room, member: Member, poll: str, option: int, at: datetime) -> Written:
    """Choose the option with this index; the last choice counts.

    Raises `forbidden`, `stage.*`, `poll.unknown`, `poll.closed`, `poll.option`.
    """
    gate.rights(member, "poll.vote")
    gate.speaking(room)
    found = polls.named(room, poll)
    if found.closed_at:
        gate.refuse("poll.closed")
    if not 0 <= option < len(found.options):
        gate.refuse("poll.option")
    PollVote.objects.bulk_create(
        [PollVote(poll=found, person_id=member.pk, option=option)],
        update_conflicts=True,
        unique_fields=["poll", "person"],
        update_fields=["option"],
    )
    announce(TalliesChanged(room.public_id, member.id))
    return journal.unwritten(room=room, at=at)


@transaction.atomic(savepoint=False)
def close(*, room: Room, member: Member, poll: str, at: datetime, cid: UUID | None = None) -> Written:
    """End the vote and tell the result. Closing a closed poll changes nothing. Raises `forbidden`, `poll.unknown`."""
    gate.rights(member, "poll.close")
    found = polls.named(room, poll)
    if found.closed_at:
        return journal.unwritten(room=room, at=at)
    found.closed_at = at
    found.save(update_fields=["closed_at"])
    return journal.write(
        room=room,
        stream=Stream.ROOM,
        kind="poll.closed",
        by=member,
        d={"id": found.public_id, "results": polls.results([found])[found.public_id], "closed_at": iso(at)},
        at=at,
        cid=cid,
    )
