"""Cases and their lists."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import Person
from courses.cases.models import Case, CaseStatus
from courses.cases.queries import visible_cases
from courses.programme.models import Course
from courses.programme.queries import own_courses

PER_PAGE: Final = 25
_UNSENT = (CaseStatus.DRAFT, CaseStatus.SENT_BACK)
_LISTED = ("author", "course", "consent", "session")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `after` is the public id to go on behind, empty at the end."""

    cases: list[Case]
    after: str


def find(case: str) -> Case | None:
    """With author, course, consent and session at hand. One query."""
    return Case.objects.select_related(*_LISTED).filter(public_id=case).first()


def find_draft(author: Person, key: UUID) -> Case | None:
    """The case this author began under this key. One query."""
    return Case.objects.select_related(*_LISTED).filter(author=author, key=key).first()


def courses_for(person: Person) -> list[Course]:
    """Courses this person may send a case to, by title; as `may_send_to` decides it for one. One query."""
    return list(own_courses.open_to(person).order_by("sort_key", "id"))


def unsent(person: Person) -> list[Case]:
    """One's drafts and what was sent back, the last saved first. One query."""
    own = Case.objects.filter(author=person, status__in=_UNSENT)
    return list(own.select_related("course").order_by("-saved_at", "-id")[: 4 * PER_PAGE])


def sent(person: Person, after: str = "") -> Page:
    """One's own cases that are on their way or done, the latest first. One query, two from the second page on."""
    own = Case.objects.filter(author=person).exclude(status__in=(*_UNSENT, CaseStatus.WITHDRAWN))
    return _page(own, after)


def taught(person: Person, on: date, after: str = "") -> Page:
    """Teaching cases this person may read, the latest first. One query, two from the second page on."""
    return _page(visible_cases.cases_of(person, on).filter(taught_at__isnull=False, released_at__isnull=False), after)


def to_release(person: Person, after: str = "") -> Page:
    """Cases that wait for this person, or another one like them, to look them over; the latest first.

    One query, two from the second page on.
    """
    theirs = own_courses.led(person)
    waiting = Case.objects.filter(status=CaseStatus.SUBMITTED, course__in=theirs.values("pk")).exclude(author=person)
    return _page(waiting, after)


def taught_in(course: Course, person: Person, on: date) -> list[Case]:
    """Teaching cases of the course this person may read, at most a page of them. One query."""
    shown = visible_cases.cases_of(person, on).filter(course=course, taught_at__isnull=False, released_at__isnull=False)
    return list(shown.order_by("-created_at", "-id").distinct()[:PER_PAGE])


def _page(cases: QuerySet[Case], after: str) -> Page:
    """By keyset, so that the last page of ten thousand costs what the first does."""
    if after:
        begun = Case.objects.filter(public_id=after).values_list("created_at", "id").first()
        if begun is None:
            return Page([], "")
        cases = cases.filter(Q(created_at__lt=begun[0]) | Q(created_at=begun[0], id__lt=begun[1]))
    found = list(cases.select_related("course", "author").order_by("-created_at", "-id")[: PER_PAGE + 1])
    return Page(found[:PER_PAGE], found[PER_PAGE - 1].public_id if len(found) > PER_PAGE else "")
