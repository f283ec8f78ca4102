"""Cases that are late: told to those who could take them, and after the same time again to the coordinators."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.models import Person
from courses.cases.actions import notices
from courses.cases.models import Case, CaseStatus, Notice, NoticeKind
from courses.cases.queries import notices as audience
from courses.cases.rules.cases import TURNAROUND

_WATCHED = (CaseStatus.SUBMITTED, CaseStatus.WAITING, CaseStatus.ASSIGNED, CaseStatus.UNDER_REVIEW)


def raise_overdue(at: datetime) -> None:
    """Tell of every case that is late at `at`, each in a transaction of its own. Idempotent: each lateness is told once
    on each of its two levels.
    """
    late = Case.objects.filter(status__in=_WATCHED, due_at__lt=at)
    for pk in list(late.filter(escalated_at=None).values_list("pk", flat=True)):
        _first(pk, at)
    told = Notice.objects.filter(
        case=OuterRef("pk"), kind=NoticeKind.OVERDUE, about__startswith="reviews 2 ", at__gte=OuterRef("due_at")
    )
    for pk in list(late.exclude(escalated_at=None).filter(_doubly(at), ~Exists(told)).values_list("pk", flat=True)):
        _second(pk, at)


@transaction.atomic
def _first(pk: int, at: datetime) -> None:
    """Coordinators, the mentors who have it, and the course's other mentors; never its author."""
    late = Case.objects.select_for_update().filter(pk=pk, status__in=_WATCHED, due_at__lt=at, escalated_at=None)
    if case := late.first():
        people = [*audience.coordinators(case), *audience.reviewers(case), *audience.course_mentors(case)]
        _tell(case, [person for person in people if person.pk != case.author_id], 1, at)
        Case.objects.filter(pk=pk).update(escalated_at=at)


@transaction.atomic
def _second(pk: int, at: datetime) -> None:
    late = Case.objects.select_for_update().filter(pk=pk, status__in=_WATCHED).filter(_doubly(at))
    if case := late.first():
        _tell(case, [person for person in audience.coordinators(case) if person.pk != case.author_id], 2, at)


def _doubly(at: datetime) -> Q:
    """Late by the turnaround time again."""
    return Q(*(Q(urgency=urgency, due_at__lt=at - allowed) for urgency, allowed in TURNAROUND.items()), _connector=Q.OR)


def _tell(case: Case, people: list[Person], level: int, at: datetime) -> None:
    """A case that comes back with another due time may be told of again."""
    due = case.due_at or at
    notices.tell(people=people, case=case, kind=NoticeKind.OVERDUE, at=at, about=f"reviews {level} {due:%Y%m%dT%H%M}")
