"""The life of a question: which change is possible in which state, and who stands before whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class QuestionStatus(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    TAKEN = "taken"
    ANSWERED = "answered"
    DISMISSED = "dismissed"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({QuestionStatus.PENDING, QuestionStatus.APPROVED, QuestionStatus.TAKEN})

# Change → the states it starts from, and the one in which it has already happened.
_CHANGES: dict[str, tuple[frozenset[QuestionStatus], str]] = {
    "withdraw": (frozenset({QuestionStatus.PENDING, QuestionStatus.APPROVED}), QuestionStatus.WITHDRAWN),
    "approve": (frozenset({QuestionStatus.PENDING, QuestionStatus.DISMISSED}), QuestionStatus.APPROVED),
    "dismiss": (frozenset({QuestionStatus.PENDING}), QuestionStatus.DISMISSED),
    "merge": (frozenset({QuestionStatus.PENDING, QuestionStatus.APPROVED}), QuestionStatus.MERGED),
    "assign": (OPEN, ""),
    "pin": (frozenset({QuestionStatus.APPROVED, QuestionStatus.TAKEN}), ""),
    "take": (frozenset({QuestionStatus.APPROVED}), QuestionStatus.TAKEN),
    "answer": (frozenset({QuestionStatus.APPROVED, QuestionStatus.TAKEN}), ""),
    "vote": (frozenset({QuestionStatus.APPROVED, QuestionStatus.TAKEN}), ""),
}


def is_done(change: str, status: str) -> bool:
    """Whether the change has happened already, so that asking for it again changes nothing."""
    return _CHANGES[change][1] == status


def refusal(change: str, status: str) -> str | None:
    """The error code why a question in this state cannot be changed so, None when it can."""
    if status in _CHANGES[change][0]:
        return None
    if status == QuestionStatus.PENDING:
        return "question.pending"
    if status == QuestionStatus.APPROVED:
        return "question.approved"
    if status == QuestionStatus.TAKEN:
        return "question.taken"
    return "question.closed"


def merge_refusal(source: str, target: str) -> str | None:
    """The error code why a question cannot be joined with another, given the states of both.

    What the room already sees is only joined with something the room sees.
    """
    refused = refusal("merge", source)
    if refused or target in {QuestionStatus.APPROVED, QuestionStatus.TAKEN}:
        return refused
    if target == QuestionStatus.PENDING:
        return None if source == QuestionStatus.PENDING else "question.pending"
    return "question.closed"


@dataclass(frozen=True, slots=True)
class QueuedQuestion:
    """What decides a question's place: `order` is the order of approval, of a pending one the order of asking."""

    id: int
    status: str
    is_pinned: bool
    order: int


def before(queue: Iterable[QueuedQuestion]) -> dict[int, int]:
    """For each open question, how many stand before it: the taken one, then the pinned, the approved, the pending."""
    rank: dict[str, int] = {QuestionStatus.TAKEN: 0, QuestionStatus.APPROVED: 2, QuestionStatus.PENDING: 3}

    def place(question: QueuedQuestion) -> tuple[int, int]:
        pinned = question.is_pinned and question.status == QuestionStatus.APPROVED
        return (1 if pinned else rank[question.status], question.order)

    return {question.id: number for number, question in enumerate(sorted(queue, key=place))}
