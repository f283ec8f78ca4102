"""The life of a question: which change is possible in which state, and who stands before whom."""

from collections.abc import Iterable
from dataclasses import dataclass

OPEN = frozenset({"pending", "approved", "taken"})

# Change → the states it starts from, and the one in which it has already happened.
_CHANGES: dict[str, tuple[frozenset[str], str]] = {
    "withdraw": (frozenset({"pending", "approved"}), "withdrawn"),
    "approve": (frozenset({"pending", "dismissed"}), "approved"),
    "dismiss": (frozenset({"pending"}), "dismissed"),
    "merge": (frozenset({"pending", "approved"}), "merged"),
    "assign": (OPEN, ""),
    "pin": (frozenset({"approved", "taken"}), ""),
    "take": (frozenset({"approved"}), "taken"),
    "answer": (frozenset({"approved", "taken"}), ""),
    "vote": (frozenset({"approved", "taken"}), ""),
}


def is_done(change: str, status: str) -> bool:
    """Whether the change has happened already, so that asking for it again changes nothing."""
    return _CHANGES[change][1] == status


def refusal(change: str, status: str) -> str | None:
    """The error code why a question in this state cannot be changed so, None when it can."""
    if status in _CHANGES[change][0]:
        return None
    if status == "pending":
        return "question.pending"
    if status == "approved":
        return "question.approved"
    if status == "taken":
        return "question.taken"
    return "question.closed"


def merge_refusal(source: str, target: str) -> str | None:
    """The error code why a question cannot be joined with another, given the states of both.

    What the room already sees is only joined with something the room sees.
    """
    refused = refusal("merge", source)
    if refused or target in {"approved", "taken"}:
        return refused
    if target == "pending":
        return None if source == "pending" else "question.pending"
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
    rank = {"taken": 0, "approved": 2, "pending": 3}

    def place(question: QueuedQuestion) -> tuple[int, int]:
        pinned = question.is_pinned and question.status == "approved"
        return (1 if pinned else rank[question.status], question.order)

    return {question.id: number for number, question in enumerate(sorted(queue, key=place))}
