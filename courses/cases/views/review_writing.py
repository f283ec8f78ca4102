"""The mentor's page of a review: written, saved as typed, approved; and what became of its recommendations."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import for_people, found
from accounts.models import Person
from courses.cases.actions import recommendations as actions
from courses.cases.actions import reviews, summaries
from courses.cases.actions.recommendations import Conflict
from courses.cases.forms.reviews import AdherenceForm, Writing
from courses.cases.models import Adherence, CaseReview, ReviewStatus
from courses.cases.policies.cases import Relations
from courses.cases.policies.reviews import may_record_adherence, may_return_to_author, may_write_review
from courses.cases.queries import reviews as queries
from courses.cases.sections import discussions
from courses.cases.views.finding import case_for, review_for, to_case, wants_json
from courses.cases.views.texts import review_texts
from shared.clock import iso, now
from shared.errors import DomainError
from web import durations
from web.refusals import as_json, blame, sentence


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def write(request: HttpRequest, person: Person, case: str, review: str) -> HttpResponse:
    """The page; a POST saves what was typed. Scripts save as one types and are answered in JSON: `revision` and
    `saved_at`, 409 with `kept` (what the other window saved) for a conflict, 422 for what cannot be kept.
    """
    kept, relations = _own(person, case, review)
    if not may_write_review(person, kept):
        return _over(request, kept)
    if request.method != "POST":
        return _page(request, person, relations, kept, Writing(kept))
    writing = Writing(kept, request.POST)
    try:
        kept = _saved(person, kept, writing)
    except DomainError as error:
        return _refused(request, person, relations, kept, writing, error)
    if wants_json(request):
        return JsonResponse({"revision": kept.revision, "saved_at": iso(now())})
    messages.success(request, _("Saved."))
    return redirect("courses:review-write", case=kept.case.public_id, review=kept.public_id)


@require_POST
@for_people
def ask_summary(request: HttpRequest, person: Person, case: str, review: str) -> HttpResponse:
    """Saves what was typed, then shows the summary to the author."""
    kept, relations = _own(person, case, review)
    if not may_write_review(person, kept):
        return _over(request, kept)
    writing = Writing(kept, request.POST)
    try:
        kept = _saved(person, kept, writing)
        summaries.ask(by=person, review=kept, is_cleared=_is_cleared(writing), at=now())
    except DomainError as error:
        return _refused(request, person, relations, kept, writing, error)
    messages.success(request, _("The author was asked whether your summary is right."))
    return redirect("courses:review-write", case=kept.case.public_id, review=kept.public_id)


@require_POST
@for_people
def approve(request: HttpRequest, person: Person, case: str, review: str) -> HttpResponse:
    """Saves what was typed, then answers the case."""
    kept, relations = _own(person, case, review)
    if not may_write_review(person, kept):
        return _over(request, kept)
    writing = Writing(kept, request.POST)
    try:
        kept = _saved(person, kept, writing)
        kept = reviews.approve(by=person, review=kept, is_cleared=_is_cleared(writing), at=now())
    except DomainError as error:
        return _refused(request, person, relations, kept, writing, error)
    messages.success(request, _("Your answer is with the author. Thank you."))
    return to_case(kept.case, f"review-{kept.public_id}")


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def done(request: HttpRequest, person: Person, case: str, recommendation: str) -> HttpResponse:
    """Done, in part or not, and why."""
    kept_case, _standing = case_for(person, case)
    kept = found(queries.find_recommendation(recommendation))
    kept = found(kept if kept.review.case_id == kept_case.pk else None)
    kept.review.case = kept_case
    if not may_record_adherence(person, kept):
        raise PermissionDenied
    initial = {"done": kept.done, "why": kept.done_why}
    form = AdherenceForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.record_adherence(
                by=person,
                recommendation=kept,
                done=Adherence(data["done"]),
                why=data["why"],
                is_cleared=data["is_cleared"],
                at=now(),
            )
        except DomainError as error:
            form.asks_clearance = error.code.endswith(".identifiers")
            blame(form, error)
        else:
            messages.success(request, _("Thank you: the mentor learns from it too."))
            return to_case(kept_case, f"review-{kept.review.public_id}")
    context = {"recommendation": kept, "case": kept_case, "form": form}
    return render(request, "cases/recommendation_done.html", context)


def _own(person: Person, case: str, review: str) -> tuple[CaseReview, Relations]:
    """The person's own review; 403 for those who see the case and do not write this review."""
    kept, relations = review_for(person, case, review)
    if kept.mentor_id != person.pk:
        raise PermissionDenied
    return kept, relations


def _over(request: HttpRequest, review: CaseReview) -> HttpResponse:
    """Nothing is written any more: it was approved, given back, or the case is closed."""
    if wants_json(request):
        return JsonResponse(as_json(DomainError("review.not_now")), status=409)
    if review.status != ReviewStatus.APPROVED:
        messages.error(request, sentence(DomainError("review.not_now")))
    return to_case(review.case, f"review-{review.public_id}")


def _saved(person: Person, review: CaseReview, writing: Writing) -> CaseReview:
    if not writing.is_valid():
        raise DomainError("review.malformed")
    revision = writing.form.cleaned_data["revision"]
    return actions.save(by=person, review=review, written=writing.written(), revision=revision, at=now())


def _is_cleared(writing: Writing) -> bool:
    return bool(writing.form.cleaned_data["is_cleared"])


def _refused(
    request: HttpRequest,
    person: Person,
    relations: Relations,
    review: CaseReview,
    writing: Writing,
    error: DomainError,
) -> HttpResponse:
    """Everything typed is still in the page. After a conflict it stands beside what is kept, and saving wins."""
    if wants_json(request):
        answer = as_json(error)
        if isinstance(error, Conflict):
            return JsonResponse(answer | {"revision": error.review.revision}, status=409)
        return JsonResponse(answer, status=422)
    writing.form.is_valid()
    if isinstance(error, Conflict):
        review = error.review
        writing.form.data = writing.form.data.copy()  # type: ignore[attr-defined]
        writing.form.data["revision"] = str(review.revision)  # type: ignore[index]
    writing.form.asks_clearance = error.code.endswith(".identifiers")
    blame(writing.form, error)
    kept = actions.written_in(review) if isinstance(error, Conflict) else None
    return _page(request, person, relations, review, writing, kept=kept)


def _page(
    request: HttpRequest, person: Person, relations: Relations, review: CaseReview, writing: Writing, **more: Any
) -> HttpResponse:
    case, at = review.case, now()
    obstacle = queries.obstacle(review)
    context = {
        "review": review,
        "case": case,
        "form": writing.form,
        "items": writing.items,
        "obstacle": sentence(DomainError(obstacle)) if obstacle else "",
        "due": durations.due(case.due_at, at) if case.due_at else "",
        "may_send_back": may_return_to_author(person, review),
        **discussions.context(person, case, relations, back="review"),
        "texts": review_texts(),
        **more,
    }
    return render(request, "cases/review_form.html", context)
