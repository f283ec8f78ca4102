"""A cast with every relation to one case, and their browsers."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client

from accounts.models import Person
from courses.cases.models import Case, CaseReview, CaseStatus
from courses.programme.models import Course
from tests import case_factories, factories

ACTORS = (
    *("anon", "outsider", "other_trainee", "trainee", "author"),
    *("mentor", "reviewer", "other_mentor", "coordinator"),
)


@dataclass(frozen=True, slots=True)
class Cast:
    """`mentor` belongs to the case's course and was not given the case, `reviewer` was. The others of the same kind
    belong to another course. Everybody but `anon` is signed in.
    """

    course: Course
    other_course: Course
    case: Case
    review: CaseReview
    people: dict[str, Person] = field(default_factory=dict)

    def browser(self, actor: str, **options: Any) -> Client:
        """A fresh browser of this actor."""
        client = Client(**options)
        if actor != "anon":
            client.force_login(self.people[actor], backend=settings.AUTHENTICATION_BACKENDS[0])
        return client


def cast(**case_fields: Any) -> Cast:
    """A released case under review, unless `case_fields` say otherwise."""
    course, other_course = factories.course(), factories.course()
    people = {
        "outsider": factories.person(full_name="Outsider"),
        "other_trainee": case_factories.trainee(other_course, full_name="Other Trainee"),
        "trainee": case_factories.trainee(course, full_name="Trainee"),
        "author": case_factories.trainee(course, full_name="Author"),
        "mentor": case_factories.mentor(course, full_name="Mentor"),
        "reviewer": case_factories.mentor(course, full_name="Reviewer"),
        "other_mentor": case_factories.mentor(other_course, full_name="Other Mentor"),
        "coordinator": factories.coordinator(),
    }
    defaults: dict[str, Any] = {"course": course, "author": people["author"], "status": CaseStatus.UNDER_REVIEW}
    case = case_factories.case(**defaults | case_fields)
    review = case_factories.review(case=case, mentor=people["reviewer"], status="under_review")
    return Cast(course=course, other_course=other_course, case=case, review=review, people=people)
