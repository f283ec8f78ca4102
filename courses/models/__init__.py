"""Missions, courses, sessions with their teams, and enrolments."""

from courses.models.channels import Channel
from courses.models.courses import Course
from courses.models.enrolments import Enrolment, EnrolmentStatus
from courses.models.missions import Level, Mission
from courses.models.sessions import Session, SpokenLanguage
from courses.models.team import TeamMember, TeamRole

__all__ = [
    "Channel",
    "Course",
    "Enrolment",
    "EnrolmentStatus",
    "Level",
    "Mission",
    "Session",
    "SpokenLanguage",
    "TeamMember",
    "TeamRole",
]
