"""What a course's page shows of its teaching cases."""

from typing import Any

from accounts.models import Person
from accounts.policies import Visitor
from courses.cases.queries import cases
from courses.programme.models import Course
from shared.clock import now


def context(visitor: Visitor, course: Course) -> dict[str, Any]:
    """For `programme/course.html`: nothing to strangers, else one query."""
    return {"teaching_cases": cases.taught_in(course, visitor, now().date())} if isinstance(visitor, Person) else {}
