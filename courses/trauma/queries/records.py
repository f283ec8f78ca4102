"""Records of the trauma registry, what a case already knows of one, and their table."""

from django.db.models import Q, QuerySet

from accounts.models import Person
from accounts.policies import organisations_as
from accounts.rules.roles import Role
from courses.cases.models import Case, Referral
from courses.outcomes.models import Condition, FollowUp
from courses.programme.models import Course
from courses.programme.queries import own_courses, people
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


def written_by(author: Person) -> QuerySet[TraumaRecord]:
    """Of one author; the last written first."""
    return TraumaRecord.objects.select_related("author").filter(author=author)


def readable(person: Person) -> QuerySet[TraumaRecord]:
    """One's own, and those of the organisations one coordinates, as `policies.may_see_record` decides it for one; the
    last written first.
    """
    own = organisations_as(person, Role.COORDINATOR)
    theirs = Q(course__organisation__in=own) | Q(course=None, author__in=people.of(own).values("pk"))
    return TraumaRecord.objects.select_related("author").filter(Q(author=person) | theirs)


def records_of_courses(person: Person) -> QuerySet[TraumaRecord]:
    """Of everybody who writes for the hospitals of this person's courses."""
    return TraumaRecord.objects.filter(course__in=courses_of(person).order_by())


def courses_of(person: Person) -> QuerySet[Course]:
    """Courses whose hospital a person may write for, by title: all of their organisation's for coordinators."""
    return own_courses.open_to(person).select_related("mission").order_by("sort_key", "pk")


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


def table(person: Person) -> list[tuple[str, ...]]:
    """A row per record this person may read, in the order of the codes, which mean nothing. One query."""
    told = readable(person).order_by("code").values_list("code", "answers")
    return [_row(code, kept) for code, kept in told]


def _row(code: str, kept: dict[str, str]) -> tuple[str, ...]:
    hours, score = scores.hours_to_hospital(kept), scores.score(kept)
    computed = ("" if hours is None else str(hours), scores.injury_type(kept) or "3", str(score.low), str(score.high))
    return (code, *(written(column, kept) for column in COLUMNS.values()), *computed)
