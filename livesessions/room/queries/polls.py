"""Polls: their form on the wire and their counts."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count

from livesessions.room.models import Poll, PollVote, Room
from shared.clock import iso
from shared.errors import DomainError


def named(room: Room, public_id: str) -> Poll:
    """The room's poll of this id. Raises `poll.unknown`, also for another room's."""
    poll = Poll.objects.filter(room=room, public_id=public_id).first()
    if poll is None:
        raise DomainError("poll.unknown")
    return poll


def results(polls: Iterable[Poll]) -> dict[str, list[int]]:
    """Votes per option of each of these polls. One query, and one more for a queryset."""
    every = {poll.pk: poll for poll in polls}
    counts = {poll.pk: [0] * len(poll.options) for poll in every.values()}
    votes = PollVote.objects.filter(poll__in=list(every)).values_list("poll_id", "option").annotate(Count("id"))
    for poll, option, count in votes:
        counts[poll][option] = count
    return {every[pk].public_id: count for pk, count in counts.items()}


def as_wire(poll: Poll, results: list[int] | None) -> dict[str, Any]:
    """The poll as everybody is sent it; `results` once it is closed."""
    return {
        "id": poll.public_id,
        "text": poll.text,
        "options": poll.options,
        "opened_at": iso(poll.opened_at),
        "closed_at": iso(poll.closed_at) if poll.closed_at else None,
        "results": results,
    }
