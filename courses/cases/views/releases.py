"""The second person's look at a case: release it, or send it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import for_people
from accounts.models import Person
from courses.cases.actions import releases as actions
from courses.cases.models import Case, CaseStatus
from courses.cases.policies import cases as policies
from courses.cases.queries import checks
from courses.cases.views.cases import visible
from shared.clock import now
from shared.errors import DomainError
from web import sections
from web.refusals import sentence


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def release(request: HttpRequest, person: Person, case: str) -> HttpResponse:
    """A POST with `text=1`, a `tick` per finding and a `seen` per medium releases it."""
    kept = _for_releaser(case, person)
    if kept.status != CaseStatus.SUBMITTED:
        messages.info(request, sentence(DomainError("release.not_submitted")))
        return redirect("courses:case-show", case=kept.public_id)
    if request.method != "POST":
        return _page(request, person, kept)
    if request.POST.get("text") != "1":
        return _page(request, person, kept, _("Tick that you read the whole text."))
    ticked, seen = request.POST.getlist("tick"), request.POST.getlist("seen")
    try:
        actions.release(by=person, case=kept, ticked=ticked, seen=seen, at=now())
    except DomainError as error:
        return _page(request, person, kept, sentence(error))
    messages.success(request, _("The case is released."))
    return redirect("courses:case-show", case=kept.public_id)


@require_POST
@for_people
def send_back(request: HttpRequest, person: Person, case: str) -> HttpResponse:
    """With a `reason`."""
    kept = _for_releaser(case, person)
    try:
        actions.send_back(by=person, case=kept, reason=request.POST.get("reason", ""), at=now())
    except DomainError as error:
        if error.code == "release.reason_needed":
            return _page(request, person, kept, sentence(error))
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("The case is its author's again."))
    return redirect("courses:case-show", case=kept.public_id)


def _for_releaser(case: str, person: Person) -> Case:
    kept = visible(case, person)
    if not policies.may_release(person, kept):
        raise Http404
    return kept


def _page(request: HttpRequest, person: Person, case: Case, problem: str = "") -> HttpResponse:
    checked = checks.of(case)
    shown = sections.context("case", person, case, policies.relations_of(person, case), only={"media"}).get("media", [])
    looks = {each["medium"].pk: each for each in shown}
    context = {
        "case": case,
        "check": checked,
        "ticked": request.POST.getlist("tick"),
        "seen": request.POST.getlist("seen"),
        "text_seen": request.POST.get("text") == "1",
        "problem": problem,
        "consent_problems": [sentence(DomainError(code)) for code in checked.consent],
        "items": [(item.medium, looks.get(item.medium.pk)) for item in checked.media],
    }
    return render(request, "cases/case_release.html", context, status=422 if problem else 200)
