"""How the reviews of a case move, and the case with them; what stands between a review and its approval.

The states and the order (clarifying questions first, then the summary confirmed, then written recommendations) are
those of Project ECHO's clinics. Mentors are named by any hashable id.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from enum import StrEnum
from typing import Final, TypeVar

from courses.cases.rules.terms import PRESSING, CaseStatus, ReviewStatus
from shared.errors import DomainError

Mentor = TypeVar("Mentor", bound=Hashable)

TAKEN: Final = frozenset(
    {ReviewStatus.ASSIGNED, ReviewStatus.UNDER_REVIEW, ReviewStatus.SENT_BACK}
)  # somebody has it, and it is not done
OPEN_TO_TAKE: Final = frozenset({CaseStatus.WAITING, CaseStatus.ASSIGNED, CaseStatus.UNDER_REVIEW})
# Of a case: its mentors may go on.
AT_WORK: Final = frozenset({CaseStatus.ASSIGNED, CaseStatus.UNDER_REVIEW, CaseStatus.APPROVED})
SUMMARY_LIMIT: Final = 600  # characters: two sentences, long ones


class Act(StrEnum):
    TAKE = "take"
    START = "start"
    GIVE_BACK = "give_back"
    SEND_BACK = "send_back"
    APPROVE = "approve"


def after(act: Act, mentor: Mentor, *, case: str, reviews: Mapping[Mentor, str]) -> tuple[str, dict[Mentor, str]]:
    """The statuses of the case and of its reviews once this mentor has done it. A review given back is not among them.

    Raises `review.not_now` for what cannot be done as things stand.
    """
    own, now = reviews.get(mentor, ""), dict(reviews)
    if act is Act.TAKE:
        _allow(case in OPEN_TO_TAKE and not own)
        now[mentor] = ReviewStatus.ASSIGNED
    elif act is Act.START:
        _allow(case in AT_WORK and own == ReviewStatus.ASSIGNED)
        now[mentor] = ReviewStatus.UNDER_REVIEW
    elif act is Act.GIVE_BACK:
        _allow(own in TAKEN)
        del now[mentor]
    elif act is Act.SEND_BACK:
        _allow(case in OPEN_TO_TAKE and own in TAKEN)
        return CaseStatus.SENT_BACK, dict.fromkeys(now, ReviewStatus.SENT_BACK)
    else:
        _allow(case in AT_WORK and own == ReviewStatus.UNDER_REVIEW)
        now[mentor] = ReviewStatus.APPROVED
    moves = case in AT_WORK | OPEN_TO_TAKE
    return (case_status(now.values()) if moves else case), now


def case_status(reviews: Iterable[str]) -> str:
    """The status of a released case whose reviews stand so: that of the one which is farthest."""
    held = set(reviews)
    farthest_first = (CaseStatus.APPROVED, CaseStatus.UNDER_REVIEW, CaseStatus.ASSIGNED)
    return next((status for status in farthest_first if status in held), CaseStatus.WAITING)


def resumed(reviews: Mapping[Mentor, str], started: Collection[Mentor]) -> dict[Mentor, str]:
    """The reviews of a case that was sent back and is released again: each goes on where it was."""
    on = {who: "under_review" if who in started else "assigned" for who in reviews}
    return {who: on[who] if status == "sent_back" else status for who, status in reviews.items()}


def obstacle(*, urgency: str, open_questions: int, summary: str, is_confirmed: bool, recommendations: int) -> str:
    """The first reason, as an error code, why a review cannot be approved yet; empty when it can.

    A clarifying question without an answer holds up everything but a patient who needs help now. An author who does not
    confirm the summary holds up nothing that is due within a day.
    """
    if open_questions and urgency != "now":
        return "review.questions_open"
    if not summary.strip():
        return "review.summary.needed"
    if not is_confirmed and urgency not in PRESSING:
        return "review.summary.unconfirmed"
    return "" if recommendations else "review.recommendation.needed"


def _allow(is_legal: bool) -> None:
    if not is_legal:
        raise DomainError("review.not_now")
