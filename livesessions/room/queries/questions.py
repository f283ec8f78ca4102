"""Questions: their form on the wire, the queue and the votes."""

from typing import Any

from django.db.models import Count, Q

from livesessions.room.models import Question, QuestionStatus, Room
from livesessions.room.rules.questions import OPEN, QueuedQuestion
from shared.clock import iso
from shared.errors import DomainError

LISTED = [QuestionStatus.APPROVED, QuestionStatus.TAKEN, QuestionStatus.ANSWERED]


def named(room: Room, public_id: str) -> Question:
    """The room's question of this id. Raises `question.unknown`, also for another room's."""
    question = Question.objects.filter(room=room, public_id=public_id).first()
    if question is None:
        raise DomainError("question.unknown")
    return question


def listed(room: Room) -> list[Question]:
    """What the room sees, in order of approval. One query."""
    return list(Question.objects.filter(room=room, status__in=LISTED).order_by("approved_seq"))


def answered(room: Room) -> list[Question]:
    """What was answered, in that order. One query."""
    return list(Question.objects.filter(room=room, status=QuestionStatus.ANSWERED).order_by("closed_at", "id"))


def queue(room: Room) -> list[QueuedQuestion]:
    """Every open question. One query."""
    rows = Question.objects.filter(room=room, status__in=OPEN).order_by()
    return [
        QueuedQuestion(pk, status, pinned, approved_seq or pk)
        for pk, status, pinned, approved_seq in rows.values_list("id", "status", "is_pinned", "approved_seq")
    ]


def touched(room: Room, *others: str) -> tuple[str, ...]:
    """Public ids of those whose own state changes when the queue moves: everybody with an open question, whoever asked
    what was joined with one, and `others`. One query.
    """
    moved = Q(status__in=OPEN) | Q(merged_into__status__in=OPEN)
    askers = Question.objects.filter(moved, room=room).order_by().values_list("asker__public_id", flat=True)
    return tuple(sorted({*askers, *others}))


def voters(question: Question) -> dict[int, str]:
    """Public ids of those who voted for it, by database key. One query."""
    return dict(question.votes.values_list("person_id", "person__public_id"))


def votes(room: Room) -> dict[str, int]:
    """Votes of every question the room sees. One query."""
    counted = Question.objects.filter(room=room, status__in=LISTED).order_by()
    return dict(counted.annotate(count=Count("votes")).values_list("public_id", "count"))


def answer(question: Question) -> dict[str, Any] | None:
    """How it was answered, None when it was not."""
    if not question.answer_mode:
        return None
    return {"mode": question.answer_mode, "text": question.answer_text, "by": question.answer_by}


def as_wire(question: Question) -> dict[str, Any]:
    """The question as everybody is sent it. To whom it is assigned is for the desk alone, and travels apart."""
    return {
        "id": question.public_id,
        "text": question.text,
        "asker": question.asker_card,
        "asked_at": iso(question.asked_at),
        "status": question.status,
        "pinned": question.is_pinned,
        "assigned_to": None,
        "approved_at": iso(question.approved_at) if question.approved_at else None,
        "taken_at": iso(question.taken_at) if question.taken_at else None,
        "closed_at": iso(question.closed_at) if question.closed_at else None,
        "answer": answer(question),
        "reason": question.dismissed_reason,
    }
