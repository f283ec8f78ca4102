"""Follow-ups of a case, and those that are due."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from accounts.models import Person
from courses.cases.models import Case, CaseStatus
from courses.outcomes.models import CaseEnding, Complication, FollowUp, OutcomeChange
from courses.outcomes.rules import outcomes
from courses.outcomes.rules.outcomes import Due
from courses.programme.queries import own_courses


@dataclass(frozen=True, slots=True)
class Told:
    """One follow-up of a case's page; `changes` counts its corrections, `opens_on` is when it may be recorded."""

    follow_up: FollowUp
    stands: Due
    opens_on: date | None
    is_open: bool
    changes: int
    complications: list[Complication]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the list of due outcomes; `late` in days."""

    follow_up: FollowUp
    case: Case
    days: int
    is_late: bool


def of(case: Case, on: date) -> list[Told]:
    """In order of the milestones, as of the day `on`. Two queries."""
    planned = FollowUp.objects.filter(case=case).annotate(corrections=Count("changes"))
    rows = list(planned.select_related("next_mission", "recorded_by").prefetch_related("complications"))
    days = {one.milestone: one.due_on for one in rows}
    told = []
    for one in sorted(rows, key=lambda each: outcomes.MILESTONES.index(each.milestone)):
        opens = outcomes.opens_on(one.milestone, days)
        recorded = one.recorded_at is not None
        stands = outcomes.stands(one.due_on, on, is_recorded=recorded)
        is_open = recorded or opens is None or opens <= on
        told.append(Told(one, stands, opens, is_open, one.corrections, list(one.complications.all())))
    return told


def find(case: Case, milestone: str) -> FollowUp | None:
    """With its complications. Two queries."""
    found = FollowUp.objects.filter(case=case, milestone=milestone).select_related("next_mission")
    return found.prefetch_related("complications").first()


def changes(follow_up: FollowUp) -> list[OutcomeChange]:
    """What it said before, the newest first. One query."""
    return list(follow_up.changes.select_related("by").order_by("-at", "-id"))


def endings(case: Case) -> list[CaseEnding]:
    """When the case was closed and reopened, in order. One query."""
    return list(CaseEnding.objects.filter(case=case).select_related("by"))


def due(on: date, *, person: Person) -> QuerySet[FollowUp]:
    """Not recorded though due, of open cases, the latest first: one's own, and those of the organisations one
    coordinates.
    """
    waiting = FollowUp.objects.filter(recorded_at=None, due_on__lte=on, case__status=CaseStatus.APPROVED)
    shown = waiting.filter(Q(case__author=person) | Q(case__course__in=own_courses.planned(person).values("pk")))
    return shown.select_related("case__author", "case__course").order_by("due_on", "id")


def waiting(rows: list[FollowUp], on: date) -> list[Waiting]:
    """The rows of a page of `due`."""
    return [Waiting(one, one.case, (on - one.due_on).days, on - one.due_on >= outcomes.LATE_AFTER) for one in rows]
