"""Changing courses."""

from django.db import transaction

from accounts.models import Person
from courses.programme.actions import slugs
from courses.programme.models import Course
from courses.programme.policies import may_plan_course, may_plan_mission
from shared.errors import DomainError


@transaction.atomic
def save(*, by: Person, course: Course) -> Course:
    """Keep a new or changed course; a new one gets its slug, which stays when the title changes.

    Changing is idempotent. Creating is not: two courses may well have the same title, and the dashboard shows both.
    It belongs to its mission's organisation, or to the one it names. Raises `plan.forbidden`, also for a course taken
    from an organisation that is not the planner's.
    """
    if course.mission:
        if not may_plan_mission(by, course.mission):
            raise DomainError("plan.forbidden", field="mission")
        course.organisation_id = course.mission.organisation_id
    before = Course.objects.select_for_update().filter(pk=course.pk).first()
    if not all(may_plan_course(by, each) for each in (course, before) if each):
        raise DomainError("plan.forbidden")
    slugs.save(course)
    return course
