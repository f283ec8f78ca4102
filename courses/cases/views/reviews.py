"""Who has a case: given, taken, begun, given back, sent back to its author."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import for_people
from accounts.models import Person
from courses.cases.actions import reviews as actions
from courses.cases.forms.reviews import ReasonForm
from courses.cases.models import ReviewStatus
from courses.cases.policies.cases import may_assign, may_take
from courses.cases.policies.reviews import may_return_to_author, may_write_review
from courses.cases.queries import reviews
from courses.cases.views.finding import case_for, review_for, to_case
from shared.clock import now
from shared.errors import DomainError
from web.refusals import blame, sentence


@require_POST
@for_people
def assign(request: HttpRequest, person: Person, case: str) -> HttpResponse:
    """`mentor` is a public id."""
    kept, _standing = case_for(person, case)
    if not may_assign(person, kept):
        raise PermissionDenied
    mentor = reviews.mentor(request.POST.get("mentor", ""))
    try:
        if mentor is None:
            raise DomainError("review.mentor.unfit")
        actions.assign(by=person, case=kept, mentor=mentor, at=now())
    except DomainError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("%(name)s has the case now and was told by mail.") % {"name": mentor})
    return to_case(kept)


@require_POST
@for_people
def take(request: HttpRequest, person: Person, case: str) -> HttpResponse:
    kept, _standing = case_for(person, case)
    if not may_take(person, kept):
        raise PermissionDenied
    try:
        review = actions.take(by=person, case=kept, at=now())
    except DomainError as error:
        messages.error(request, sentence(error))
        return to_case(kept)
    return redirect("courses:review-write", case=kept.public_id, review=review.public_id)


@require_POST
@for_people
def start(request: HttpRequest, person: Person, case: str, review: str) -> HttpResponse:
    """Begin to review; the mentor's page is where it goes on."""
    kept, _standing = review_for(person, case, review)
    if not may_write_review(person, kept):
        raise PermissionDenied
    try:
        actions.start(by=person, review=kept, at=now())
    except DomainError as error:
        messages.error(request, sentence(error))
        return to_case(kept.case)
    return redirect("courses:review-write", case=kept.case.public_id, review=kept.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def give_back(request: HttpRequest, person: Person, case: str, review: str) -> HttpResponse:
    """Asks why, for the next mentor."""
    kept, _standing = review_for(person, case, review)
    if kept.mentor_id == person.pk and kept.status == ReviewStatus.HANDED_OVER:
        return to_case(kept.case)
    if not may_write_review(person, kept):
        raise PermissionDenied
    form = ReasonForm(request.POST or None, name="reason", label=gettext_lazy("Why you give it back"))
    if request.method == "POST":
        try:
            actions.give_back(by=person, review=kept, reason=request.POST.get("reason", ""), at=now())
        except DomainError as error:
            _show(form, error)
        else:
            messages.success(request, _("The case waits for another mentor now. Thank you for saying so early."))
            return to_case(kept.case)
    return render(request, "cases/review_return.html", {"review": kept, "case": kept.case, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def send_back(request: HttpRequest, person: Person, case: str, review: str) -> HttpResponse:
    """Asks what is missing, for the author."""
    kept, _standing = review_for(person, case, review)
    if kept.mentor_id == person.pk and kept.status == ReviewStatus.SENT_BACK:
        return to_case(kept.case)
    if not may_return_to_author(person, kept):
        raise PermissionDenied
    form = ReasonForm(request.POST or None, name="missing", label=gettext_lazy("What is missing"))
    if request.method == "POST":
        try:
            actions.send_back(by=person, review=kept, missing=request.POST.get("missing", ""), at=now())
        except DomainError as error:
            _show(form, error)
        else:
            messages.success(request, _("The author has the case again and was told what is missing."))
            return to_case(kept.case)
    return render(request, "cases/review_send_back.html", {"review": kept, "case": kept.case, "form": form})


def _show(form: ReasonForm, error: DomainError) -> None:
    """The sentence at the field, and what was typed in it, also where nothing was sent at all."""
    form.is_bound = True
    form.full_clean()
    blame(form, error)
