"""Opening a poll, voting in it, closing it."""

from django.db import transaction

from livesessions.room.actions import guards
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn
from livesessions.room.events import TalliesChanged, announce
from livesessions.room.models import Poll, PollVote, Stream
from livesessions.room.queries import polls
from livesessions.room.rules.polls import are_good
from livesessions.room.rules.texts import POLL_LIMIT, clean
from shared.clock import iso


@transaction.atomic(savepoint=False)
def open_(turn: Turn, *, text: str, options: list[str]) -> Written:
    """Ask everybody to choose one of two to eight options; `ok.poll` is its id.

    Not idempotent by itself: the transport's receipt makes one command one poll. Raises `forbidden`, `stage.*`,
    `poll.empty`, `poll.too_long`, `poll.options`, `text.invalid`.
    """
    guards.rights(turn.member, "poll.open")
    guards.speaking(turn.room)
    text = guards.text(text, noun="poll", limit=POLL_LIMIT)
    options = [clean(option) for option in options]
    if not are_good(options):
        guards.refuse("poll.options")
    poll = Poll.objects.create(room=turn.room, text=text, options=options, opened_at=turn.at)
    return turn.write(Stream.ROOM, "poll.opened", polls.as_wire(poll, None), extra={"poll": poll.public_id})


@transaction.atomic(savepoint=False)
def vote(turn: Turn, *, poll: str, option: int) -> Written:
    """Choose the option with this index; the last choice counts.

    Raises `forbidden`, `stage.*`, `poll.unknown`, `poll.closed`, `poll.option`.
    """
    guards.rights(turn.member, "poll.vote")
    guards.speaking(turn.room)
    row = polls.named(turn.room, poll)
    if row.closed_at:
        guards.refuse("poll.closed")
    if not 0 <= option < len(row.options):
        guards.refuse("poll.option")
    PollVote.objects.bulk_create(
        [PollVote(poll=row, person_id=turn.member.pk, option=option)],
        update_conflicts=True,
        unique_fields=["poll", "person"],
        update_fields=["option"],
    )
    announce(TalliesChanged(turn.room.public_id, turn.member.id))
    return turn.unwritten()


@transaction.atomic(savepoint=False)
def close(turn: Turn, *, poll: str) -> Written:
    """End the vote and tell the result. Closing a closed poll changes nothing. Raises `forbidden`, `poll.unknown`."""
    guards.rights(turn.member, "poll.close")
    row = polls.named(turn.room, poll)
    if row.closed_at:
        return turn.unwritten()
    row.closed_at = turn.at
    row.save(update_fields=["closed_at"])
    return turn.write(
        Stream.ROOM,
        "poll.closed",
        {"id": row.public_id, "results": polls.results([row])[row.public_id], "closed_at": iso(turn.at)},
    )
