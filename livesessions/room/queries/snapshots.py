"""The state of a room as docs/protocol.md shows it: for everybody, for the desk, and for one person.

Every function costs the same number of queries whatever the room holds.
"""

from typing import Any

import msgspec
from django.conf import settings

from livesessions.room.models import (
    Hand,
    JournalEntry,
    Poll,
    Question,
    QuestionStatus,
    Restriction,
    RestrictionKind,
    Room,
    Stream,
)
from livesessions.room.queries import own_state, polls, questions
from livesessions.room.queries.members import Member
from shared.clock import iso

_DESK = [QuestionStatus.PENDING, QuestionStatus.DISMISSED]
_GONE = [QuestionStatus.MERGED, QuestionStatus.WITHDRAWN]


def public(room: Room) -> dict[str, Any]:
    """What everybody sees, but presence and tallies. The chat entries are raw JSON as the journal has it. Four queries.

    `room` must be fresh and carry its session.
    """
    return {
        "stage": room.stage,
        "stopped": room.is_stopped,
        "live_at": iso(room.live_at) if room.live_at else None,
        "starts_at": iso(room.session.starts_at),
        "planned_end_at": iso(room.session.planned_end_at),
        "chat": _chat(room),
        "questions": [questions.as_wire(question) for question in questions.listed(room)],
        "polls": _polls(room),
    }


def desk(room: Room) -> dict[str, Any]:
    """What staff see besides. Three queries."""
    rows = Question.objects.filter(room=room).exclude(status__in=_GONE)
    of_desk, assigned = [], {}
    for question in rows.exclude(status__in=questions.LISTED, assigned_to=None).select_related("assigned_to"):
        if question.status in _DESK:
            of_desk.append(questions.as_wire(question))
        if question.assigned_to:
            assigned[question.public_id] = {"id": question.assigned_to.public_id, "name": str(question.assigned_to)}
    cards: dict[str, list[dict[str, str]]] = {RestrictionKind.MUTE: [], RestrictionKind.BAN: []}
    in_force = Restriction.objects.filter(room=room, lifted_at=None).order_by("id")
    for kind, card in in_force.values_list("kind", "card"):
        cards[kind].append(card)
    return {
        "questions": of_desk,
        "assigned": assigned,
        "hands": hands(room),
        "muted": cards[RestrictionKind.MUTE],
        "banned": cards[RestrictionKind.BAN],
        "overdue": room.reminded_at is not None,
    }


def tallies(room: Room) -> dict[str, int]:
    """Votes of every approved, taken or answered question, zeros too. One query."""
    return questions.votes(room)


def poll_tallies(room: Room) -> dict[str, list[int]]:
    """Votes per option of every open poll; a closed one has its `results`. Two queries."""
    return polls.results(Poll.objects.filter(room=room, closed_at=None))


def hands(room: Room) -> list[dict[str, Any]]:
    """Raised hands, the longest raised first. One query."""
    rows = Hand.objects.filter(room=room).order_by("id").values_list("card", "raised_at")
    return [{"person": card, "raised_at": iso(raised_at)} for card, raised_at in rows]


def me(room: Room, member: Member) -> dict[str, Any]:
    """The member's own state. Five queries."""
    return many_me(room, [member])[member.id]


def many_me(room: Room, members: list[Member]) -> dict[str, dict[str, Any]]:
    """The own state of each of these members, by public id. Five queries, however many they are."""
    return own_state.of(room, members)


def _chat(room: Room) -> list[msgspec.Raw]:
    """The latest messages, in order."""
    posted = JournalEntry.objects.filter(room=room, stream=Stream.ROOM, kind="chat.posted").order_by("-seq")
    latest = list(posted.values_list("wire", flat=True)[: settings.ROOM_SNAPSHOT_CHAT])
    return [msgspec.Raw(wire.encode()) for wire in reversed(latest)]


def _polls(room: Room) -> list[dict[str, Any]]:
    every = list(Poll.objects.filter(room=room).order_by("id"))
    results = polls.results(every)
    return [polls.as_wire(poll, results[poll.public_id] if poll.closed_at else None) for poll in every]
