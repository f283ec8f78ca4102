"""What the views of reviews share: finding a case and its review for whoever may see them, and ways back."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.access import found
from accounts.models import Person
from courses.cases.models import Case, CaseReview
from courses.cases.policies.cases import Relations, may_see_case, relations_of
from courses.cases.queries import cases, reviews


def case_for(person: Person, public_id: str) -> tuple[Case, Relations]:
    """The case and how the person stands to it; 404 for who may not see it."""
    case = found(cases.find(public_id))
    relations = relations_of(person, case)
    if not may_see_case(person, case, relations):
        raise Http404
    return case, relations


def review_for(person: Person, case_id: str, review_id: str) -> tuple[CaseReview, Relations]:
    """A review of this case and how the person stands to the case; 404 for who may not see the case."""
    case, relations = case_for(person, case_id)
    review = found(reviews.find(review_id))
    if review.case_id != case.pk:
        raise Http404
    review.case = case
    return review, relations


def to_case(case: Case, anchor: str = "reviews") -> HttpResponse:
    """The case's page, at this place."""
    return HttpResponseRedirect(f"{reverse('courses:case-show', kwargs={'case': case.public_id})}#{anchor}")


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
