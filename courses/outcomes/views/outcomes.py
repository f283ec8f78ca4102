"""What became of the patient: recording it, the operation and the referral, closing the case, and what is due."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import for_people, found, visible
from accounts.models import Person
from accounts.policies import may_plan_somewhere
from courses.cases.models import AgeBand, Case, CaseStatus
from courses.cases.policies.cases import may_record_outcome, may_see_case
from courses.cases.queries import cases
from courses.outcomes.actions import outcomes as actions
from courses.outcomes.forms import CheckedForm, EndingForm, FactsForm, OutcomeForm, complication_rows
from courses.outcomes.models import Condition, FollowUp, Milestone, NextStep, Scheme
from courses.outcomes.policies import may_end_case
from courses.outcomes.queries import outcomes
from courses.outcomes.rules.complications import MAX_COMPLICATIONS
from shared.clock import now
from shared.errors import DomainError
from web.refusals import blame

PAGE = 50


@require_safe
@for_people
def due(request: HttpRequest, person: Person) -> HttpResponse:
    """Outcomes that wait to be recorded: one's own; their organisations' too for coordinators."""
    on, everybody = now().date(), may_plan_somewhere(person)
    shown = Paginator(outcomes.due(on, person=person), PAGE).get_page(request.GET.get("page"))
    context = {"page": shown, "rows": outcomes.waiting(list(shown), on), "everybody": everybody}
    return render(request, "outcomes/outcomes_due.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def record(request: HttpRequest, person: Person, case: str, milestone: str) -> HttpResponse:
    """Write down an outcome, or correct it."""
    kept = _recordable(person, case)
    follow_up = found(outcomes.find(kept, milestone))
    is_child = bool(kept.age_band) and AgeBand(kept.age_band).is_child
    form = OutcomeForm(request.POST or None, follow_up=follow_up, on=now().date())
    rows = complication_rows(request.POST or None, follow_up=follow_up, is_child=is_child)
    if "more" in request.POST:
        rows = complication_rows(_one_more(request.POST), follow_up=follow_up, is_child=is_child)
    elif request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        try:
            actions.record(
                by=person,
                case=kept,
                milestone=milestone,
                outcome=form.outcome(rows.graded()),
                at=now(),
                is_checked=form.cleaned_data["is_checked"],
            )
        except DomainError as error:
            _tell(form, error)
        else:
            messages.success(request, _("The outcome is recorded."))
            return redirect("courses:case-show", case=kept.public_id)
    return render(request, "outcomes/outcome_form.html", _form_context(kept, follow_up, form, rows))


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def facts(request: HttpRequest, person: Person, case: str) -> HttpResponse:
    """The operation and the referral."""
    kept = _recordable(person, case)
    form = FactsForm(request.POST or None, case=kept, on=now().date())
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_facts(by=person, case=kept, at=now(), **form.cleaned_data)
        except DomainError as error:
            _tell(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("courses:case-show", case=kept.public_id)
    return render(request, "outcomes/outcome_facts.html", {"case": kept, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def close(request: HttpRequest, person: Person, case: str) -> HttpResponse:
    """Close an answered case, with the reason."""
    return _end(request, person, case, is_reopening=False)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def reopen(request: HttpRequest, person: Person, case: str) -> HttpResponse:
    """Open a closed case again, with the reason."""
    return _end(request, person, case, is_reopening=True)


def _end(request: HttpRequest, person: Person, case: str, *, is_reopening: bool) -> HttpResponse:
    kept = visible(cases.find(case), may_see=may_see_case, to=person)
    if not may_end_case(person, kept):
        raise PermissionDenied
    if (kept.status == CaseStatus.CLOSED) != is_reopening:
        return redirect("courses:case-show", case=kept.public_id)
    form = EndingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        end = actions.reopen if is_reopening else actions.close
        try:
            end(by=person, case=kept, at=now(), **form.cleaned_data)
        except DomainError as error:
            _tell(form, error)
        else:
            messages.success(request, _("The case is open again.") if is_reopening else _("The case is closed."))
            return redirect("courses:case-show", case=kept.public_id)
    return render(request, "outcomes/case_end.html", {"case": kept, "form": form, "is_reopening": is_reopening})


def _recordable(person: Person, case: str) -> Case:
    """404 for whom there is no such case, 403 for whom it is not to record."""
    kept = visible(cases.find(case), may_see=may_see_case, to=person)
    if not may_record_outcome(person, kept):
        raise PermissionDenied
    return kept


def _tell(form: CheckedForm, error: DomainError) -> None:
    if error.code == "outcome.identifiers":
        form.ask_again()
    blame(form, error)


def _one_more(typed: Any) -> Any:
    """The same rows and one more, for those without scripts."""
    data = typed.copy()
    total = data.get("complications-TOTAL_FORMS", "")
    rows = int(total) if total.isdecimal() and len(total) < 3 else 0
    data["complications-TOTAL_FORMS"] = str(min(rows + 1, MAX_COMPLICATIONS))
    return data


def _form_context(case: Case, follow_up: FollowUp, form: OutcomeForm, rows: Any) -> dict[str, Any]:
    return {
        "case": case,
        "follow_up": follow_up,
        "milestone": Milestone(follow_up.milestone).label,
        "form": form,
        "rows": rows,
        "changes": [{"by": one.by, "at": one.at, "words": _said(one.before)} for one in outcomes.changes(follow_up)],
    }


def _said(before: dict[str, Any]) -> list[str]:
    """What a corrected outcome said, in words."""
    graded = [f"{Scheme(scheme).label} {grade} {text}".strip() for scheme, grade, text in before["complications"]]
    step = NextStep(before["next_step"]).label if before["next_step"] else ""
    words = [Condition(before["condition"]).label, before["seen_on"], *graded, step, before["note"]]
    return [str(word) for word in words if word]
