"""Missions, courses, sessions with their teams, enrolments."""

from courses.programme.models.amendments import Amended, Amendment
from courses.programme.models.courses import Course
from courses.programme.models.enrolments import Enrolment, EnrolmentStatus
from courses.programme.models.missions import Level, Mission
from courses.programme.models.participation import Participation
from courses.programme.models.sessions import Session, SpokenLanguage
from courses.programme.models.team import MENTOR_ROLES, TeamMember, TeamRole

__all__ = [
    "MENTOR_ROLES",
    "Amended",
    "Amendment",
    "Course",
    "Enrolment",
    "EnrolmentStatus",
    "Level",
    "Mission",
    "Participation",
    "Session",
    "SpokenLanguage",
    "TeamMember",
    "TeamRole",
]
