"""Writing in the trauma registry."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from accounts.models import Person
from courses.cases.models import Case
from courses.cases.policies.cases import may_send_to
from courses.programme.models import Course
from courses.trauma.models import TraumaRecord
from courses.trauma.policies import may_see_record, may_write_trauma
from courses.trauma.rules.fields import checked
from courses.trauma.rules.scores import UNKNOWN
from shared.errors import DomainError


@transaction.atomic
def add(
    *, by: Person, key: UUID, answers: Mapping[str, str], course: Course | None = None, case: Case | None = None
) -> TraumaRecord:
    """Keep a new record, or find it: the same `key` sent twice is one, and so is a second one from the same case.

    `course` is that of the facility. Any field may be left out. Raises `trauma.forbidden`, `trauma.facility`,
    `trauma.value`, `trauma.died_but_alive`.
    """
    if not may_write_trauma(by):
        raise DomainError("trauma.forbidden")
    kept = _checked(by, answers, course)
    found = TraumaRecord.objects.filter(case=case).first() if case else None
    if found and not may_see_record(by, found):
        raise DomainError("trauma.forbidden")
    values = {"answers": kept, "course": course, "case": case}
    return found or TraumaRecord.objects.get_or_create(author=by, key=key, defaults=values)[0]


@transaction.atomic
def change(
    *, by: Person, record: TraumaRecord, answers: Mapping[str, str], course: Course | None = None
) -> TraumaRecord:
    """Keep the answers as they are now, whole. Idempotent. Raises as `add`."""
    if not may_see_record(by, record):
        raise DomainError("trauma.forbidden")
    kept = _checked(by, answers, course, before=record.course_id)
    record.answers, record.course = kept, course
    record.save(update_fields=["answers", "course"])
    return record


def _checked(
    by: Person, answers: Mapping[str, str], course: Course | None, before: int | None = None
) -> dict[str, str]:
    """The name of the hospital comes from its course alone, so that nothing typed gets in."""
    if course and course.pk != before and not may_send_to(by, course):
        raise DomainError("trauma.facility", field="facility")
    kept = checked({name: value for name, value in answers.items() if name != "facility"})
    facility = facility_name(course) if course else UNKNOWN if answers.get("facility") == UNKNOWN else ""
    return kept | ({"facility": facility} if facility else {})


def facility_name(course: Course) -> str:
    """The hospital of the course's mission, else where the mission is, else the course."""
    mission = course.mission
    return (mission.hospital or mission.location) if mission else course.title
