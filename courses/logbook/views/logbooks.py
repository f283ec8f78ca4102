"""One's own logbook: the list with its figures, one entry, the curve of a procedure, and leaving."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import for_people, found, visible
from accounts.models import Person
from courses.logbook.actions import logbooks as actions
from courses.logbook.forms.assessments import AskForm
from courses.logbook.forms.logbooks import EntryForm
from courses.logbook.models import LogbookEntry, SurgeonRole
from courses.logbook.policies import may_see_entry
from courses.logbook.queries import assessments, logbooks
from courses.logbook.rules import charts, learning_curves
from courses.logbook.rules.logbooks import lines, months
from shared.clock import now
from shared.errors import DomainError
from web.refusals import blame, sentence

PAGE = 25


@require_safe
@for_people
def show(request: HttpRequest, person: Person) -> HttpResponse:
    facts = logbooks.facts(person)
    by_month = months(facts)
    titles = logbooks.procedure_titles()
    context = {
        "page": Paginator(logbooks.entries(person), PAGE).get_page(request.GET.get("page")),
        "figures": [
            (titles[line.procedure], line, [line.roles[role] for role in SurgeonRole.values]) for line in lines(facts)
        ],
        "roles": [role.label for role in SurgeonRole],
        "months": by_month,
        "chart": charts.progress(by_month),
        "asked": assessments.open_for(person),
    }
    return render(request, "logbook/logbook.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def add(request: HttpRequest, person: Person) -> HttpResponse:
    """`?case=` and `?session=` (public ids) of one's own are filled in."""
    form = EntryForm(request.POST or None, person=person, initial=_known(request, person))
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.add(
                by=person, entry=form.save(commit=False), at=now(), is_checked=form.cleaned_data["is_checked"]
            )
        except DomainError as error:
            blame(form, error)
        else:
            messages.success(request, _("The case is in your logbook."))
            return redirect("courses:logbook-entry", entry=kept.public_id)
    return render(request, "logbook/form.html", {"form": form})


@require_safe
@for_people
def entry(request: HttpRequest, person: Person, entry: str) -> HttpResponse:
    return render_entry(request, visible(logbooks.find(entry), may_see=may_see_entry, to=person))


def render_entry(
    request: HttpRequest, kept: LogbookEntry, form: AskForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of one entry, with the question to a rater as typed."""
    raters, instruments = assessments.raters_for(kept.trainee), assessments.instruments()
    boards = assessments.boards(kept)
    context = {
        "entry": kept,
        "title": logbooks.told(kept.procedure.titles),
        "boards": boards,
        "is_asked": any(board.requests for board in boards),
        "instruments": [(row.code, logbooks.told(row.titles)) for row in instruments],
        "form": form or AskForm(raters=raters, instruments=instruments),
        "has_raters": bool(raters),
    }
    return render(request, "logbook/entry.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def change(request: HttpRequest, person: Person, entry: str) -> HttpResponse:
    kept = visible(logbooks.find(entry), may_see=may_see_entry, to=person)
    is_asked = assessments.is_asked(kept)
    form = EntryForm(request.POST or None, person=person, instance=kept, is_asked=is_asked)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(
                by=person, entry=form.save(commit=False), at=now(), is_checked=form.cleaned_data["is_checked"]
            )
        except DomainError as error:
            blame(form, error)
        else:
            messages.success(request, _("The entry is saved."))
            return redirect("courses:logbook-entry", entry=kept.public_id)
    return render(request, "logbook/form.html", {"form": form, "entry": kept, "is_asked": is_asked})


@require_POST
@for_people
def remove(request: HttpRequest, person: Person, entry: str) -> HttpResponse:
    kept = visible(logbooks.find(entry), may_see=may_see_entry, to=person)
    try:
        actions.remove(by=person, entry=kept)
    except DomainError as error:
        messages.error(request, sentence(error))
        return redirect("courses:logbook-entry", entry=kept.public_id)
    messages.success(request, _("The entry is removed."))
    return redirect("courses:logbook-show")


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def erase(request: HttpRequest, person: Person) -> HttpResponse:
    """Asks first, and offers the record to take along."""
    if request.method != "POST":
        return render(request, "logbook/erase.html", {"count": logbooks.entries(person).count()})
    actions.erase(by=person)
    messages.success(request, _("Your logbook is empty. Nothing of it is kept."))
    return redirect("courses:logbook-show")


@require_safe
@for_people
def curve(request: HttpRequest, person: Person, procedure: str) -> HttpResponse:
    """CUSUM and LC-CUSUM over one's own operations of this procedure."""
    kept = found(logbooks.procedure(procedure))
    cases = logbooks.operations(person, kept)
    results = [case.result == "success" for case in cases]
    p0, p1 = kept.acceptable, kept.unacceptable
    within, limit = learning_curves.limits(p0, p1), learning_curves.lc_limit(p0, p1)
    points, learned = learning_curves.cusum(results, within), learning_curves.lc_cusum(results, p0, p1, limit)
    gain, loss = learning_curves.lc_weights(p0, p1)
    context: dict[str, Any] = {
        "title": logbooks.told(kept.titles),
        "rows": list(zip(cases, points, learned, strict=True)),
        "failures": len(results) - sum(results),
        "percent": {"p0": round(p0 * 100), "p1": round(p1 * 100), "chance": round(learning_curves.FALSE_SIGNAL * 100)},
        "errors": round(learning_curves.ALPHA * 100),
        "horizon": learning_curves.HORIZON,
        "within": within,
        "rise": 1 - within.step,
        "fall": within.step,
        "lc": {"limit": limit, "gain": gain, "loss": loss, "is_adequate": bool(learned) and learned[-1].is_adequate},
        "last": next((point.verdict for point in reversed(points) if point.verdict), ""),
        "chart": charts.curve(points, within),
        "lc_chart": charts.lc_curve(learned, results, limit),
    }
    return render(request, "logbook/curve.html", context)


def _known(request: HttpRequest, person: Person) -> dict[str, Any]:
    wanted = {name: request.GET.get(name, "") for name in ("case", "session")}
    told: dict[str, Any] = {
        "case": logbooks.cases_of(person).filter(public_id=wanted["case"]).first() if wanted["case"] else None,
        "session": logbooks.sessions_of(person).filter(public_id=wanted["session"]).first()
        if wanted["session"]
        else None,
    }
    case, session = told["case"], told["session"]
    day = case.operated_on if case else session.starts_at.astimezone(session.zone).date() if session else None
    return {name: thing for name, thing in (told | {"performed_on": day}).items() if thing}
