"""Changing missions."""

from django.db import transaction

from accounts.models import Person
from courses.programme.actions import slugs
from courses.programme.models import Course, Mission
from courses.programme.policies import may_plan_mission
from courses.programme.rules.missions import check_days
from shared.errors import DomainError


@transaction.atomic
def save(*, by: Person, mission: Mission) -> Mission:
    """Keep a new or changed mission; a new one gets its slug, which stays when the title changes.

    Changing is idempotent. Creating is not: two missions may well have the same title, and the dashboard shows both.
    Its courses follow it into another organisation. Raises `plan.forbidden`, also for a mission taken from an
    organisation that is not the planner's, and `mission.end_before_start`.
    """
    before = Mission.objects.select_for_update().filter(pk=mission.pk).first()
    if not all(may_plan_mission(by, each) for each in (mission, before) if each):
        raise DomainError("plan.forbidden")
    check_days(mission.starts_on, mission.ends_on)
    slugs.save(mission)
    Course.objects.filter(mission=mission).update(organisation=mission.organisation_id)
    return mission
