"""Courses with their sessions."""

from datetime import datetime

from courses.programme.models import Course
from courses.programme.queries import sessions
from courses.programme.queries.sessions import Listed


def find(slug: str) -> Course | None:
    """With its mission. One query."""
    return Course.objects.select_related("mission").filter(slug=slug).first()


def sessions_of(course: Course, at: datetime) -> list[Listed]:
    """In order of time. Two queries."""
    return sessions.listed(course.sessions.order_by("starts_at").select_related("course"), at)


def everything() -> list[Course]:
    """Drafts too, each with its mission. One query."""
    return list(Course.objects.select_related("mission"))
