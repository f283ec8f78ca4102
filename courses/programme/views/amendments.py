"""Correcting a misspelt name or address of a registration."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import allowed, for_coordinators, for_people, found, visible
from accounts.models import Person
from courses.programme import policies
from courses.programme.actions import amendments
from courses.programme.forms.amendments import AmendmentForm, NameForm
from courses.programme.models import Enrolment
from courses.programme.queries import links, own_sessions
from courses.programme.queries.links import Purpose
from shared.clock import now
from shared.errors import DomainError
from web import refusals

_METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(_METHODS)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """One's own name, for the holder of the personal link."""
    held = links.find(token, Purpose.JOIN)
    if held is None or held.is_void:
        return render(request, "programme/enrolment_unknown.html", status=404)
    return _name(request, held.enrolment, back=redirect("courses:pass-give", token=token))


@require_http_methods(_METHODS)
@for_people
def own(request: HttpRequest, person: Person, enrolment: str) -> HttpResponse:
    """One's own name; somebody else's registration is not there."""
    kept = visible(own_sessions.find(enrolment), may_see=policies.may_withdraw, to=person)
    return _name(request, kept, back=redirect("courses:mine-show"))


@require_http_methods(_METHODS)
@for_coordinators
def correct(request: HttpRequest, by: Person, enrolment: str) -> HttpResponse:
    """Name and address, and what was corrected before."""
    wanted = Enrolment.objects.select_related("session__course", "person").filter(public_id=enrolment)
    kept = found(wanted.first())
    allowed(policies.may_manage_enrolments(by, kept.session))
    asked = {"full_name": kept.full_name, "email": kept.person.email}
    form = AmendmentForm(request.POST if request.method == "POST" else None, initial=asked)
    if form.is_valid():
        name, email, at = form.cleaned_data["full_name"], form.cleaned_data["email"], now()
        try:
            amendments.correct_name(by=by, enrolment=kept, full_name=name, at=at)
            amendments.correct_address(by=by, enrolment=kept, email=email, at=at)
        except DomainError as error:
            refusals.blame(form, error)
        else:
            messages.success(request, _("Corrected."))
            return redirect("courses:enrolment-list", session=kept.session.public_id)
    context = {
        "form": form,
        "enrolment": kept,
        "session": kept.session,
        "amendments": kept.amendments.select_related("by"),
    }
    return render(request, "programme/amendment.html", context, status=422 if form.errors else 200)


def _name(request: HttpRequest, enrolment: Enrolment, *, back: HttpResponse) -> HttpResponse:
    form = NameForm(request.POST if request.method == "POST" else None, initial={"full_name": enrolment.full_name})
    if form.is_valid():
        name = form.cleaned_data["full_name"]
        try:
            amendments.correct_name(by=enrolment.person, enrolment=enrolment, full_name=name, at=now())
        except DomainError as error:
            refusals.blame(form, error)
        else:
            messages.success(request, _("Corrected."))
            return back
    context = {"form": form, "enrolment": enrolment, "session": enrolment.session, "back": back.headers["Location"]}
    return render(request, "programme/amendment_name.html", context, status=422 if form.errors else 200)
