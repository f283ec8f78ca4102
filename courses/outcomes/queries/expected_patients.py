"""Who is expected in a mission, and what became of those it saw before."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from courses.cases.models import Case, CaseKind, CaseStatus, Referral
from courses.outcomes.models import FollowUp
from courses.outcomes.rules import complications, expected_patients, outcomes
from courses.outcomes.rules.outcomes import Followed, Rate
from courses.programme.models import Mission

_ANSWERED = (CaseStatus.APPROVED, CaseStatus.CLOSED)


@dataclass(frozen=True, slots=True)
class Patient:
    """`follow_up` is the last outcome of the case; `is_open` where no mission was chosen, so that any may see them;
    `is_own` where the case was sent to one of the mission's courses.
    """

    follow_up: FollowUp
    case: Case
    is_open: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the cases answered for this mission's courses or operated on in it. `made` and `avoided` are of the cases
    whose author told of the referral; `missing` in them are those whose author did not.
    """

    cases: int
    made: Rate
    avoided: Rate
    followed: list[Followed]
    grades: list[tuple[str, str, int]]  # scheme, grade, how many


def upcoming(on: date) -> QuerySet[Mission]:
    """Published missions that are not over on the day `on`, the next first; those without days last."""
    coming = Mission.objects.filter(is_published=True).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    return coming.exclude(ends_on__isnull=True, starts_on__lt=on).order_by("starts_on", "sort_key")


def patients(mission: Mission) -> list[Patient]:
    """Whose last outcome says "see again" or "operate" for this mission, or for no mission in particular and the case
    belongs to one of its courses. In the order of `rules.mission_lists.order`. One query.
    """
    marked = FollowUp.objects.filter(next_step__in=outcomes.FOR_MISSION, recorded_at__isnull=False)
    chosen = marked.filter(Q(next_mission=mission) | Q(next_mission=None, case__course__mission=mission))
    told = FollowUp.objects.filter(
        recorded_at__isnull=False, case__status__in=_ANSWERED, case__in=chosen.values("case")
    ).select_related("case__course", "next_mission")
    last: dict[int, FollowUp] = {}
    for one in sorted(told, key=lambda each: outcomes.MILESTONES.index(each.milestone)):
        last[one.case_id] = one
    expected = [one for one in last.values() if _is_expected(one, mission)]
    return [
        Patient(one, one.case, is_open=one.next_mission_id is None, is_own=_is_own(one.case, mission))
        for one in sorted(expected, key=_key)
    ]


def figures(mission: Mission, on: date) -> Figures:
    """As of the day `on`. Three queries."""
    own = Q(course__mission=mission) | Q(operated_mission=mission)
    cases = Case.objects.filter(own, kind=CaseKind.REVIEW, status__in=_ANSWERED)
    counted: dict[Any, int] = dict(cases.values_list("referral").annotate(n=Count("pk")).order_by())
    total = sum(counted.values())
    missing = counted.get("", 0)
    follow_ups = FollowUp.objects.filter(case__in=cases).prefetch_related("complications")
    expected = [
        outcomes.Expected(
            one.case_id,
            one.milestone,
            one.due_on,
            one.condition if one.recorded_at else "",
            tuple((each.scheme, each.grade) for each in one.complications.all()),
        )
        for one in follow_ups
    ]
    return Figures(
        cases=total,
        made=Rate(counted.get(Referral.MADE, 0), total - missing, missing),
        avoided=Rate(counted.get(Referral.AVOIDED, 0), total - missing, missing),
        followed=outcomes.followed(expected, on),
        grades=complications.tally(pair for one in expected for pair in one.grades),
    )


def _is_expected(last: FollowUp, mission: Mission) -> bool:
    if last.next_step not in outcomes.FOR_MISSION:
        return False
    case = last.case
    if expected_patients.is_operated(next_step=last.next_step, operated_on=case.operated_on, seen_on=last.seen_on):
        return False
    if last.next_mission_id:
        return last.next_mission_id == mission.pk
    return _is_own(case, mission)


def _is_own(case: Case, mission: Mission) -> bool:
    return case.course is not None and case.course.mission_id == mission.pk


def _key(one: FollowUp) -> tuple[int, int, int, date]:
    case = one.case
    return expected_patients.order(
        next_step=one.next_step, urgency=case.urgency, age_band=case.age_band, seen_on=one.seen_on
    )
