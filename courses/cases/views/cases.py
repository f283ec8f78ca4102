"""Cases: their lists, a case's page, its check, sending, taking back, teaching."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import for_people, found
from accounts.models import Person
from courses.cases.actions import cases as actions
from courses.cases.models import Case, CaseStatus
from courses.cases.policies import cases as policies
from courses.cases.queries import cases, checks
from courses.cases.views import drafts
from courses.cases.views.draft_config import list_config
from courses.cases.views.texts import draft_texts
from shared.clock import now
from shared.errors import DomainError
from web import sections
from web.refusals import sentence


@require_safe
@ensure_csrf_cookie
@for_people
def index(request: HttpRequest, person: Person) -> HttpResponse:
    """`?show=` mine, taught or release; `?after=` the public id to go on behind."""
    may_queue = policies.may_see_queue(person)
    show, after = request.GET.get("show", "mine"), request.GET.get("after", "")
    context = {"show": show, "after": after, "may_see_queue": may_queue}
    context |= {"config": list_config(person), "texts": draft_texts()}
    if show == "taught":
        context["page"] = cases.taught(person, now().date(), after)
    elif show == "release" and may_queue:
        context["page"] = cases.to_release(person, after)
    else:
        context |= {"show": "mine", "unsent": [] if after else cases.unsent(person), "page": cases.sent(person, after)}
    return render(request, "cases/case_list.html", context)


@require_safe
@for_people
def show(request: HttpRequest, person: Person, case: str) -> HttpResponse:
    kept = found(cases.find(case))
    relations = policies.relations_of(person, kept)
    if not policies.may_see_case(person, kept, relations):
        raise Http404
    context = {
        "case": kept,
        "answers": answers(kept),
        "is_author": kept.author_id == person.pk,
        "may_edit": policies.may_edit_case(person, kept),
        "may_withdraw": policies.may_withdraw_case(person, kept) and not kept.approved_at and not kept.closed_at,
        "may_release": kept.status == CaseStatus.SUBMITTED and policies.may_release(person, kept, relations),
        "may_teach": policies.may_teach(person, kept, relations),
        "may_write_consent": policies.may_write_consent(person, kept),
        "may_revoke": policies.may_revoke_consent(person, kept) and kept.consent and not kept.consent.is_revoked,
        "consent_stands": policies.has_valid_consent(kept),
    }
    return render(request, "cases/case.html", context | sections.context("case", person, kept, relations))


@require_http_methods(["GET", "HEAD", "POST"])
@ensure_csrf_cookie
@for_people
def edit(request: HttpRequest, person: Person, case: str) -> HttpResponse:
    """The form; once the case was sent its author is led to its page."""
    kept = own(case, person)
    if not policies.may_edit_case(person, kept):
        messages.info(request, sentence(DomainError("case.not_open")))
        return redirect("courses:case-show", case=kept.public_id)
    return drafts.edit(request, person, kept)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def check(request: HttpRequest, person: Person, case: str) -> HttpResponse:
    """What is missing and what may identify somebody; a POST with every `tick` sends the case."""
    kept = own(case, person)
    ticked = request.POST.getlist("tick")
    if not policies.may_edit_case(person, kept):
        return redirect("courses:case-show", case=kept.public_id)
    problem = ""
    if request.method == "POST":
        try:
            actions.submit(by=person, case=kept, ticked=ticked, at=now())
        except DomainError as error:
            problem = sentence(error)
        else:
            messages.success(request, _("Your case is on its way. A second person looks it over, then mentors see it."))
            return redirect("courses:case-show", case=kept.public_id)
    checked = checks.of(kept)
    context = {
        "case": kept,
        "check": checked,
        "consent_problems": [sentence(DomainError(code)) for code in checked.consent],
        "media_items": [(item, sentence(DomainError(item.problem)) if item.problem else "") for item in checked.media],
        "ticked": ticked,
        "problem": problem,
        "is_ready": checked.problem(checked.ticks) is None,
    }
    return render(request, "cases/case_check.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def withdraw(request: HttpRequest, person: Person, case: str) -> HttpResponse:
    """Asks first: it cannot be taken back."""
    kept = own(case, person)
    if request.method != "POST":
        return render(request, "cases/case_withdraw.html", {"case": kept})
    try:
        actions.withdraw(by=person, case=kept, at=now())
    except DomainError as error:
        messages.error(request, sentence(error))
        return redirect("courses:case-show", case=kept.public_id)
    messages.success(request, _("The case is withdrawn. Nobody but you can see it."))
    return redirect("courses:case-list")


@require_POST
@for_people
def teach(request: HttpRequest, person: Person, case: str) -> HttpResponse:
    """`open=1` opens it to the course's trainees, anything else closes it."""
    kept = visible(case, person)
    try:
        actions.teach(by=person, case=kept, is_open=request.POST.get("open") == "1", at=now())
    except DomainError as error:
        messages.error(request, sentence(error))
    return redirect("courses:case-show", case=kept.public_id)


def visible(case: str, person: Person) -> Case:
    """The case, for whoever may see it; 404 for others."""
    kept = found(cases.find(case))
    if not policies.may_see_case(person, kept):
        raise Http404
    return kept


def own(case: str, person: Person) -> Case:
    """The case, for its author alone; 404 for others."""
    kept = found(cases.find(case))
    if kept.author_id != person.pk:
        raise Http404
    return kept


def answers(case: Case) -> dict[str, object]:
    """What the page tells of the patient in a few words: (label, answer) by group, without what is empty."""
    groups = {
        "patient": ("specialty", "age_band", "sex", "weight_kg", "asa"),
        "disease": ("history", "exam", "labs", "imaging", "treatment"),
        "means": ("blood", "icu", "implants", "transport_hours", "constraints"),
        "plan": ("options_considered", "plan_without_answer"),
    }
    return {group: [pair for name in names if (pair := _told(case, name))[1]] for group, names in groups.items()}


def _told(case: Case, name: str) -> tuple[object, object]:
    field = Case._meta.get_field(name)
    shown = getattr(case, f"get_{name}_display", None)
    value = shown() if shown else getattr(case, name)
    return field.verbose_name, value  # type: ignore[union-attr]
