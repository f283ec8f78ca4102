"""Asking for ratings and giving them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import for_people, found, visible
from accounts.models import Person
from courses.logbook.actions import assessments as actions
from courses.logbook.forms.assessments import AskedRatingForm, AskForm, RatingForm
from courses.logbook.models import LogbookEntry
from courses.logbook.policies import may_rate, may_see_entry, may_withdraw_request
from courses.logbook.queries import assessments, logbooks
from courses.logbook.views.logbooks import render_entry
from shared.clock import now
from shared.errors import DomainError
from web.refusals import blame, sentence

PAGE = 25


@require_POST
@for_people
def ask(request: HttpRequest, person: Person, entry: str) -> HttpResponse:
    kept = _own(person, entry)
    form = AskForm(request.POST, raters=assessments.raters_for(person), instruments=assessments.instruments())
    if form.is_valid():
        rater, instrument = form.chosen()
        try:
            actions.ask(by=person, entry=kept, rater=rater, instrument=instrument, at=now())
        except DomainError as error:
            blame(form, error)
        else:
            messages.success(request, _("%(name)s is asked.") % {"name": rater})
            return redirect("courses:logbook-entry", entry=kept.public_id)
    return render_entry(request, kept, form, status=422)


@require_POST
@for_people
def withdraw(request: HttpRequest, person: Person, rating: str) -> HttpResponse:
    kept = visible(assessments.find_request(rating), may_see=may_withdraw_request, to=person)
    try:
        actions.withdraw(by=person, request=kept)
    except DomainError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("The request is taken back."))
    return redirect("courses:logbook-entry", entry=kept.entry.public_id)


@require_safe
@for_people
def asked(request: HttpRequest, person: Person) -> HttpResponse:
    """What this person was asked to rate."""
    page = Paginator(assessments.asked_of(person), PAGE).get_page(request.GET.get("page"))
    rows = [(row, logbooks.told(row.entry.procedure.titles), logbooks.told(row.instrument.titles)) for row in page]
    return render(request, "logbook/rating_list.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def give(request: HttpRequest, person: Person, rating: str) -> HttpResponse:
    """The form, once; afterwards what was given, beside the trainee's own view."""
    kept = visible(assessments.find_request(rating), may_see=may_rate, to=person)
    shown = assessments.read_at(kept.entry, person)
    mine = [item for item in shown if item.rating.rater_id == person.pk]
    of_this = [item for item in shown if item.rating.instrument.code == kept.instrument.code]
    is_given = any(item in of_this for item in mine)
    form = AskedRatingForm(request.POST or None, instrument=kept.instrument)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.rate(by=person, request=kept, role=data["role"], mode=data["mode"], sheet=form.sheet(), at=now())
        except DomainError as error:
            blame(form, error)
        else:
            messages.success(request, _("Thank you: the rating is in."))
            return redirect("courses:rating-give", rating=kept.public_id)
    context = {
        "asked": kept,
        "title": logbooks.told(kept.entry.procedure.titles),
        "instrument": logbooks.told(kept.instrument.titles),
        "shown": of_this,
        "is_given": is_given,
        "has_self": len(of_this) > 1,
        "form": form,
    }
    return render(request, "logbook/rating.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def give_self(request: HttpRequest, person: Person, entry: str, instrument: str) -> HttpResponse:
    kept = _own(person, entry)
    with_it = found(assessments.instrument_for_self(kept, instrument))
    form = RatingForm(request.POST or None, instrument=with_it)
    if request.method == "POST" and form.is_valid():
        try:
            actions.rate_self(by=person, entry=kept, instrument=with_it, sheet=form.sheet(), at=now())
        except DomainError as error:
            blame(form, error)
        else:
            messages.success(request, _("Your own rating is in."))
            return redirect("courses:logbook-entry", entry=kept.public_id)
    context = {
        "entry": kept,
        "title": logbooks.told(kept.procedure.titles),
        "instrument": logbooks.told(with_it.titles),
        "form": form,
    }
    return render(request, "logbook/rating_self.html", context)


@require_POST
@for_people
def waive_self(request: HttpRequest, person: Person, entry: str, instrument: str) -> HttpResponse:
    kept = _own(person, entry)
    with_it = found(assessments.instrument_for_self(kept, instrument))
    try:
        actions.waive_self(by=person, entry=kept, instrument=with_it, at=now())
    except DomainError as error:
        messages.error(request, sentence(error))
    return redirect("courses:logbook-entry", entry=kept.public_id)


def _own(person: Person, entry: str) -> LogbookEntry:
    return visible(logbooks.find(entry), may_see=may_see_entry, to=person)
