"""Pushing follow-up: planned when a case is answered, the author reminded on the day, coordinators when it is late."""

from datetime import datetime

from django.db import transaction

from courses.cases.actions import notices
from courses.cases.events import CaseApproved
from courses.cases.models import Case, CaseKind, CaseStatus, NoticeKind
from courses.cases.queries import notices as audience
from courses.outcomes.actions import outcomes
from courses.outcomes.models import FollowUp
from courses.outcomes.rules.outcomes import LATE_AFTER
from web.bus import listen


def follow() -> None:
    """Plan the follow-ups of every case as soon as it is answered."""
    listen(CaseApproved, _plan_answered)


def remind(at: datetime) -> None:
    """Plan what an interrupted process left unplanned, then tell of what is due on the day of `at` (UTC), each case in
    a transaction of its own. Idempotent: each follow-up is told of once to its author and once to the coordinators,
    and once more if its day moves.
    """
    unplanned = Case.objects.filter(kind=CaseKind.REVIEW, status=CaseStatus.APPROVED, follow_ups=None)
    for case in unplanned.exclude(approved_at=None):
        _plan(case)
    due = FollowUp.objects.filter(recorded_at=None, due_on__lte=at.date(), case__status=CaseStatus.APPROVED)
    for pk in list(due.filter(reminded_at=None).values_list("pk", flat=True)):
        _tell_author(pk, at)
    late = due.filter(due_on__lte=at.date() - LATE_AFTER, escalated_at=None)
    for pk in list(late.values_list("pk", flat=True)):
        _tell_coordinators(pk, at)


def _plan_answered(event: CaseApproved) -> None:
    case = Case.objects.filter(public_id=event.case, kind=CaseKind.REVIEW).exclude(approved_at=None).first()
    if case:
        _plan(case)


def _plan(case: Case) -> None:
    if case.approved_at:
        outcomes.plan(case=case, from_on=case.approved_at.date())


@transaction.atomic
def _tell_author(pk: int, at: datetime) -> None:
    if FollowUp.objects.filter(pk=pk, reminded_at=None, recorded_at=None).update(reminded_at=at):
        follow_up = FollowUp.objects.select_related("case__author").get(pk=pk)
        people = [follow_up.case.author]
        notices.tell(
            people=people, case=follow_up.case, kind=NoticeKind.FOLLOW_UP, at=at, about=_about(follow_up, "due")
        )


@transaction.atomic
def _tell_coordinators(pk: int, at: datetime) -> None:
    if FollowUp.objects.filter(pk=pk, escalated_at=None, recorded_at=None).update(escalated_at=at):
        follow_up = FollowUp.objects.select_related("case").get(pk=pk)
        people = audience.coordinators(follow_up.case)
        notices.tell(
            people=people, case=follow_up.case, kind=NoticeKind.FOLLOW_UP, at=at, about=_about(follow_up, "late")
        )


def _about(follow_up: FollowUp, word: str) -> str:
    """The place on the case's page, then what tells this news from the next."""
    return f"outcomes {follow_up.milestone} {word} {follow_up.due_on:%Y%m%d}"
