"""The discussion of a case: a page of its own, and the part of other pages that htmx replaces."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from accounts.access import for_people
from accounts.models import Person
from courses.cases.actions import discussions as actions
from courses.cases.forms.discussions import RemarkForm
from courses.cases.models import Case, CaseReview, RemarkKind
from courses.cases.policies.cases import Relations, may_discuss
from courses.cases.policies.reviews import may_see_discussion
from courses.cases.queries import discussions, reviews
from courses.cases.sections import discussions as section
from courses.cases.views.finding import case_for, to_case
from shared.clock import now
from shared.errors import DomainError
from web.refusals import blame


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def show(request: HttpRequest, person: Person, case: str) -> HttpResponse:
    """A POST adds a remark; `back=review` leads back to the writer's own review."""
    kept, relations = case_for(person, case)
    if not may_see_discussion(kept, relations):
        raise Http404
    if request.method != "POST":
        return _page(request, person, kept, relations)
    if not may_discuss(person, kept, relations):
        raise PermissionDenied
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _page(request, person, kept, relations, form)
    data = form.cleaned_data
    parent = discussions.find(kept, data["parent"]) if data["parent"] else None
    if data["parent"] and parent is None:
        raise Http404
    try:
        remark = actions.add(
            by=person,
            case=kept,
            kind=RemarkKind(data["kind"] or RemarkKind.COMMENT),
            text=data["text"],
            key=data["key"],
            parent=parent,
            is_cleared=data["is_cleared"],
            at=now(),
        )
    except DomainError as error:
        form.asks_clearance = error.code.endswith(".identifiers")
        blame(form, error)
        return _page(request, person, kept, relations, form)
    if HtmxDetails(request):
        return _page(request, person, kept, relations, new=remark.public_id)
    own = _own_review(person, kept) if request.POST.get("back") == "review" else None
    if own:
        return redirect("courses:review-write", case=kept.public_id, review=own.public_id)
    return to_case(kept, f"remark-{remark.public_id}")


def _page(
    request: HttpRequest,
    person: Person,
    case: Case,
    relations: Relations,
    typed: RemarkForm | None = None,
    new: str = "",
) -> HttpResponse:
    """`new` is the remark just written, which takes the focus."""
    back = request.POST.get("back", "")
    context = {"case": case, "new": new} | section.context(person, case, relations, typed=typed, back=back)
    template = "_discussion" if HtmxDetails(request) else "discussion"
    return render(request, f"cases/{template}.html", context)


def _own_review(person: Person, case: Case) -> CaseReview | None:
    return next((review for review in reviews.of(case) if review.mentor_id == person.pk), None)
