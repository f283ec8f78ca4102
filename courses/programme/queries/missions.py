"""Missions with what belongs to them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils.translation import get_language

from accounts.models import Person
from accounts.policies import organisations_as
from accounts.rules.roles import Role
from courses.programme.models import Course, Enrolment, EnrolmentStatus, Mission, Participation, Session
from courses.programme.queries import sessions
from courses.programme.queries.sessions import Listed
from places import regions
from web.amphitheatre import Tier


@dataclass(frozen=True, slots=True)
class CourseListed:
    course: Course
    sessions: list[Listed]


def published() -> list[Mission]:
    """Newest first, the undated last. One query."""
    return sorted(Mission.objects.filter(is_published=True), key=_by_date, reverse=True)


def planned(person: Person) -> list[Mission]:
    """Of the organisations this person coordinates, drafts too, each with `course_count`. One query."""
    own = Mission.objects.filter(organisation__in=organisations_as(person, Role.COORDINATOR))
    return sorted(own.annotate(course_count=Count("courses")), key=_by_date, reverse=True)


def find(slug: str) -> Mission | None:
    """With its organisation. One query."""
    return Mission.objects.select_related("organisation").filter(slug=slug).first()


def courses_of(mission: Mission, at: datetime, *, with_drafts: bool) -> list[CourseListed]:
    """The mission's courses with their sessions in order of time. Three queries."""
    shown = mission.courses.all() if with_drafts else mission.courses.filter(is_published=True)
    courses = list(shown)
    planned = Session.objects.filter(course__in=courses).order_by("starts_at").select_related("course")
    listed = sessions.listed(planned, at)
    return [CourseListed(c, [item for item in listed if item.session.course_id == c.pk]) for c in courses]


def tiers(mission: Mission) -> list[Tier]:
    """Everybody with a place, each once per channel: the remote by province, largest first. One query."""
    confirmed = Enrolment.objects.filter(
        session__course__mission=mission, status=EnrolmentStatus.CONFIRMED, session__cancelled_at=None
    )
    counted = confirmed.values_list("channel", "country", "region").annotate(n=Count("person", distinct=True))
    rows = list(counted.order_by("-n", "region"))
    rooms = [
        (channel, sum(n for name, _, _, n in rows if name == channel))
        for channel in (Participation.OR, Participation.AUDITORIUM)
    ]
    inside = [
        Tier(channel.value, sessions.RINGS[channel], str(channel.label), registered=n) for channel, n in rooms if n
    ]
    remote = [
        Tier(f"remote-{region or country}", "remote", _place(country, region), registered=n)
        for channel, country, region, n in rows
        if channel == Participation.REMOTE
    ]
    return inside + remote


def _place(country: str, region: str) -> str:
    language = get_language()
    return regions.region_name(region, language) if region else regions.country_name(country, language)


def _by_date(mission: Mission) -> tuple[bool, str, int]:
    return (mission.starts_on is not None, str(mission.starts_on), mission.pk)
