"""What the views of reviews share: finding a case and its review for whoever may see them, and ways back."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.access import found
from accounts.models import Person
from courses.cases.models import Case, CaseReview
from courses.cases.policies.cases import Standings, may_see_case, standings
from courses.cases.queries import cases
from courses.cases.queries import reviews as case_reviews


def case_for(person: Person, public_id: str) -> tuple[Case, Standings]:
    """The case and how the person stands to it; 404 for who may not see it."""
    case = found(cases.find(public_id))
    standing = standings(person, case)
    if not may_see_case(person, case, standing):
        raise Http404
    return case, standing


def review_for(person: Person, case_id: str, review_id: str) -> tuple[CaseReview, Standings]:
    """A review of this case and how the person stands to the case; 404 for who may not see the case."""
    case, standing = case_for(person, case_id)
    review = found(case_reviews.find(review_id))
    if review.case_id != case.pk:
        raise Http404
    review.case = case
    return review, standing


def to_case(case: Case, anchor: str = "reviews") -> HttpResponse:
    """The case's page, at this place."""
    return HttpResponseRedirect(f"{reverse('courses:case-show', kwargs={'case': case.public_id})}#{anchor}")


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
