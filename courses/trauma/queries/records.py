"""Records of the trauma registry, what a case already knows of one, and their table."""

from django.db.models import Q, QuerySet

from accounts.models import Person
from courses.cases.models import Case, Referral
from courses.outcomes.models import Condition, FollowUp
from courses.programme.models import Course, EnrolmentStatus, Participation
from courses.programme.models.team import TeamRole
from courses.trauma.models import TraumaRecord
from courses.trauma.rules import scores
from courses.trauma.rules.fields import COLUMNS, written

DERIVED = ("hours", "injury_type", "kts_low", "kts_high")


def find(record: str) -> TraumaRecord | None:
    """With its author, course and case. One query."""
    return TraumaRecord.objects.select_related("author", "course__mission", "case").filter(public_id=record).first()


def of_case(case: Case) -> TraumaRecord | None:
    """The record made from this case. One query."""
    return TraumaRecord.objects.filter(case=case).first()


def records(*, author: Person | None) -> QuerySet[TraumaRecord]:
    """Of one author, or all; the last written first."""
    shown = TraumaRecord.objects.select_related("author")
    return shown.filter(author=author) if author else shown


def records_of_courses(person: Person) -> QuerySet[TraumaRecord]:
    """Of everybody who writes for the hospitals of this person's courses."""
    return TraumaRecord.objects.filter(course__in=courses_of(person).order_by())


def courses_of(person: Person) -> QuerySet[Course]:
    """Courses whose hospital a person may write for, by title: all of them for coordinators."""
    told = Course.objects.select_related("mission").order_by("title", "pk")
    if person.is_coordinator:
        return told
    teaches = Q(sessions__team__person=person, sessions__team__role__in=(TeamRole.MENTOR, TeamRole.SURGEON))
    learns = Q(
        sessions__enrolments__person=person,
        sessions__enrolments__channel=Participation.OR,
        sessions__enrolments__status=EnrolmentStatus.CONFIRMED,
    )
    return told.filter(pk__in=Course.objects.filter(teaches | learns).values("pk"))


def answers(shown: QuerySet[TraumaRecord]) -> list[dict[str, str]]:
    """What the records say. One query."""
    return list(shown.order_by().values_list("answers", flat=True))


def known_from(case: Case) -> dict[str, str]:
    """What a case tells of its trauma record: no more than it says outright. One query."""
    told = {"arrival_year": str(case.submitted_at.year) if case.submitted_at else ""}
    told["sex"] = {"f": "1", "m": "2"}.get(case.sex, "")
    if case.referral == Referral.MADE:
        told["disposition"] = "5"
    month = FollowUp.objects.filter(case=case, milestone="d30", recorded_at__isnull=False).first()
    if month and month.condition in (Condition.DIED, Condition.LOST):
        told["status_30d"] = scores.DIED if month.condition == Condition.DIED else scores.UNKNOWN
    return {name: value for name, value in told.items() if value}


def header() -> tuple[str, ...]:
    """The names of the table's columns: the code, the answers, what is computed from them."""
    return ("code", *COLUMNS, *DERIVED)


def table() -> list[tuple[str, ...]]:
    """A row per record, in the order of the codes, which mean nothing. One query."""
    told = TraumaRecord.objects.order_by("code").values_list("code", "answers")
    return [_row(code, kept) for code, kept in told]


def _row(code: str, kept: dict[str, str]) -> tuple[str, ...]:
    hours, score = scores.hours_to_hospital(kept), scores.score(kept)
    computed = ("" if hours is None else str(hours), scores.injury_type(kept) or "3", str(score.low), str(score.high))
    return (code, *(written(column, kept) for column in COLUMNS.values()), *computed)
