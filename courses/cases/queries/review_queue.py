"""The queue: cases that wait for their release, for a mentor, or for the mentor who has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db.models import Case as If
from django.db.models import Count, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from accounts.models import Person
from courses.cases.models import Case, CaseReview, CaseStatus, ReviewStatus
from courses.cases.rules.cases import is_late
from courses.cases.rules.terms import Urgency
from courses.programme.models import Course
from courses.programme.queries import own_courses

BEGINNING: Final = 160  # characters of the main question


class Section(StrEnum):
    LATE = "late"
    TO_RELEASE = "to_release"
    WAITING = "waiting"
    WITH_MENTOR = "with_mentor"


_STATUS: Final = {
    CaseStatus.SUBMITTED: Section.TO_RELEASE,
    CaseStatus.WAITING: Section.WAITING,
    CaseStatus.ASSIGNED: Section.WITH_MENTOR,
    CaseStatus.UNDER_REVIEW: Section.WITH_MENTOR,
}


@dataclass(frozen=True, slots=True)
class Row:
    """`since` is when it was sent in or, later, released."""

    case: Case
    section: Section
    since: datetime
    question: str
    mentors: list[Person] = field(default_factory=list)


def open_to(person: Person) -> QuerySet[Case]:
    """What is open in the queue of a coordinator or a mentor: the courses of their organisations and sessions."""
    return Case.objects.filter(status__in=_STATUS, course__in=courses_of(person).order_by().values("pk"))


def courses_of(person: Person) -> QuerySet[Course]:
    """The courses whose cases are in this person's queue."""
    return own_courses.led(person).order_by("sort_key", "pk")


def filtered(cases: QuerySet[Case], chosen: Mapping[str, str]) -> QuerySet[Case]:
    """By `course` (a slug), `urgency`, `specialty`; an empty one lets everything through."""
    keys = {"course": "course__slug", "urgency": "urgency", "specialty": "specialty"}
    return cases.filter(**{keys[name]: value for name, value in chosen.items() if value and name in keys})


def counts(cases: QuerySet[Case], at: datetime) -> dict[Section, int]:
    """How many in each section at `at`; a late one counts as late alone. One query."""
    found = cases.order_by().aggregate(**{section.value: Count("pk", filter=_in(section, at)) for section in Section})
    return {section: found[section.value] for section in Section}


def ordered(cases: QuerySet[Case], at: datetime, section: Section | None = None) -> QuerySet[Case, int]:
    """Primary keys: late ones first, then section by section, in each by urgency and then by age."""
    ranks = {urgency: rank for rank, urgency in enumerate(Urgency)}
    found = cases.filter(_in(section, at)) if section else cases
    return (
        found.annotate(
            section_rank=_rank({_in(section, at): rank for rank, section in enumerate(Section)}),
            urgency_rank=_rank({Q(urgency=urgency): rank for urgency, rank in ranks.items()}),
            since=Coalesce("released_at", "submitted_at", "created_at"),
        )
        .order_by("section_rank", "urgency_rank", "since", "pk")
        .values_list("pk", flat=True)
    )


def rows(pks: list[int], at: datetime) -> list[Row]:
    """These cases, in this order, with course, author and who has them. Two queries, none for nothing."""
    held = CaseReview.objects.exclude(status=ReviewStatus.HANDED_OVER).select_related("mentor")
    cases = Case.objects.select_related("course", "author").prefetch_related(Prefetch("reviews", queryset=held))
    found = cases.defer("history", "exam", "labs", "imaging", "treatment", "options_considered").in_bulk(pks)
    return [_row(found[pk], at) for pk in pks if pk in found]


def _row(case: Case, at: datetime) -> Row:
    section = Section.LATE if is_late(case.due_at, at) else _STATUS[CaseStatus(case.status)]
    words = " ".join(case.main_question.split())
    return Row(
        case=case,
        section=section,
        since=case.released_at or case.submitted_at or case.created_at,
        question=words if len(words) <= BEGINNING else words[:BEGINNING].rsplit(" ", 1)[0] + "…",
        mentors=[review.mentor for review in case.reviews.all()],
    )


def _in(section: Section, at: datetime) -> Q:
    if section is Section.LATE:
        return Q(due_at__lt=at)
    statuses = [status for status, of in _STATUS.items() if of is section]
    return Q(status__in=statuses) & (Q(due_at__isnull=True) | Q(due_at__gte=at))


def _rank(conditions: Mapping[Q, int]) -> If:
    whens = [When(condition, then=Value(rank)) for condition, rank in conditions.items()]
    return If(*whens, default=Value(len(whens)), output_field=IntegerField())
