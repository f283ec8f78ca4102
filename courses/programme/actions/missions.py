"""Changing missions."""

from django.db import transaction

from accounts.models import Person
from accounts.policies import may_plan
from courses.programme.actions import slugs
from courses.programme.models import Mission
from courses.programme.rules.missions import check_days
from shared.errors import DomainError


@transaction.atomic
def save(*, by: Person, mission: Mission) -> Mission:
    """Keep a new or changed mission; a new one gets its slug, which stays when the title changes.

    Changing is idempotent. Creating is not: two missions may well have the same title, and the dashboard shows both.
    Raises `plan.forbidden`, `mission.end_before_start`.
    """
    if not may_plan(by):
        raise DomainError("plan.forbidden")
    check_days(mission.starts_on, mission.ends_on)
    slugs.save(mission)
    return mission
