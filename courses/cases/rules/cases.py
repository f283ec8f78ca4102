"""How a case moves, when its next step is due, and what a complete form has."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from courses.cases.rules.terms import CaseStatus, Urgency

# From each status where a case may go.
MOVES: Final[Mapping[str, frozenset[str]]] = {
    CaseStatus.DRAFT: frozenset({CaseStatus.SUBMITTED, CaseStatus.WITHDRAWN}),
    # Closed: a teaching case asks nobody.
    CaseStatus.SUBMITTED: frozenset(
        {CaseStatus.WAITING, CaseStatus.SENT_BACK, CaseStatus.WITHDRAWN, CaseStatus.CLOSED}
    ),
    CaseStatus.SENT_BACK: frozenset({CaseStatus.SUBMITTED, CaseStatus.WITHDRAWN}),
    CaseStatus.WAITING: frozenset({CaseStatus.ASSIGNED, CaseStatus.SENT_BACK, CaseStatus.WITHDRAWN, CaseStatus.CLOSED}),
    CaseStatus.ASSIGNED: frozenset(
        {
            *(CaseStatus.UNDER_REVIEW, CaseStatus.WAITING, CaseStatus.SENT_BACK),
            *(CaseStatus.WITHDRAWN, CaseStatus.APPROVED),
        }
    ),
    CaseStatus.UNDER_REVIEW: frozenset(
        {
            *(CaseStatus.APPROVED, CaseStatus.WAITING, CaseStatus.SENT_BACK),
            *(CaseStatus.WITHDRAWN, CaseStatus.ASSIGNED),
        }
    ),
    CaseStatus.APPROVED: frozenset({CaseStatus.CLOSED, CaseStatus.UNDER_REVIEW}),
    CaseStatus.CLOSED: frozenset({CaseStatus.APPROVED}),
    CaseStatus.WITHDRAWN: frozenset(),
}

# How long the step after the release may take, by urgency: the first mentor's word.
TURNAROUND: Final[Mapping[str, timedelta]] = {
    Urgency.NOW: timedelta(hours=2),
    Urgency.DAY: timedelta(hours=12),
    Urgency.WEEK: timedelta(hours=48),
    Urgency.ELECTIVE: timedelta(days=7),
}

# What a mentor cannot do without, in the order of the form.
NEEDED: Final = (
    "main_question",
    "urgency",
    "course",
    "specialty",
    "age_band",
    "sex",
    "diagnosis",
    "history",
    "exam",
    "treatment",
    "blood",
    "icu",
    "plan_without_answer",
)
# A teaching case tells what was learnt; nobody waits for it.
NEEDED_TO_TEACH: Final = ("main_question", "course", "specialty", "age_band", "diagnosis", "history", "treatment")
WISHED: Final = (
    "icd10",
    "weight_kg",
    "asa",
    "labs",
    "imaging",
    "implants",
    "transport_hours",
    "constraints",
    "options_considered",
)


def may_move(before: str, after: str) -> bool:
    """Whether a case in status `before` may go to `after`."""
    return after in MOVES[before]


def due_at(urgency: str, since: datetime) -> datetime:
    """When the first word of a mentor is due for a case released at `since`."""
    return since + TURNAROUND[urgency]


def is_late(due: datetime | None, at: datetime) -> bool:
    """Whether a due step is overdue at `at`."""
    return due is not None and due < at


def needed(kind: str) -> tuple[str, ...]:
    """Names of the fields a case of this kind cannot do without, in the order of the form."""
    return NEEDED_TO_TEACH if kind == "teaching" else NEEDED


def missing(filled: Mapping[str, object], kind: str = "review") -> tuple[str, ...]:
    """Names of needed fields that are empty, in the order of the form."""
    return tuple(name for name in needed(kind) if _is_empty(filled.get(name)))


def wished(filled: Mapping[str, object]) -> tuple[str, ...]:
    """Names of helpful fields that are empty, in the order of the form."""
    return tuple(name for name in WISHED if _is_empty(filled.get(name)))


def status_after_release(kind: str) -> str:
    """A question then waits for a mentor; a teaching case waits for nobody."""
    return CaseStatus.CLOSED if kind == "teaching" else CaseStatus.WAITING


def is_newer(*, base: int, typed_ms: int, kept: tuple[int, int] | None) -> bool:
    """Whether an edit wins over what is kept of the same field.

    `base` is the revision the writer had seen, `typed_ms` when it was typed; `kept` the revision that changed the field
    last and when that was typed. Who had seen the other's words wins; otherwise the later typing does.
    """
    if kept is None:
        return True
    revision, kept_ms = kept
    return base >= revision or typed_ms >= kept_ms


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
