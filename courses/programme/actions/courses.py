"""Changing courses."""

from django.db import transaction

from accounts.models import Person
from accounts.policies import may_plan
from courses.programme.actions import slugs
from courses.programme.models import Course
from shared.errors import DomainError


@transaction.atomic
def save(*, by: Person, course: Course) -> Course:
    """Keep a new or changed course; a new one gets its slug, which stays when the title changes.

    Changing is idempotent. Creating is not: two courses may well have the same title, and the dashboard shows both.
    Raises `plan.forbidden`.
    """
    if not may_plan(by):
        raise DomainError("plan.forbidden")
    slugs.save(course)
    return course
