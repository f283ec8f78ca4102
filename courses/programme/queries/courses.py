"""Courses with their sessions."""

from datetime import datetime

from accounts.models import Person
from courses.programme.models import Course
from courses.programme.queries import own_courses, sessions
from courses.programme.queries.sessions import Listed


def find(slug: str) -> Course | None:
    """With its mission. One query."""
    return Course.objects.select_related("mission").filter(slug=slug).first()


def sessions_of(course: Course, at: datetime) -> list[Listed]:
    """In order of time. Two queries."""
    return sessions.listed(course.sessions.order_by("starts_at").select_related("course"), at)


def planned(person: Person) -> list[Course]:
    """Of the organisations this person coordinates, drafts too, each with its mission. One query."""
    return list(own_courses.planned(person).select_related("mission"))
