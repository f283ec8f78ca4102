"""The coordinator's list of a session's registrations, and what they may change in it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.middleware import HtmxDetails

from accounts.access import allowed, for_coordinators, found, sign_in
from accounts.models import Person
from courses.programme import policies
from courses.programme.actions import decisions
from courses.programme.forms.enrolments import FilterForm, MoveForm
from courses.programme.models import Enrolment, Participation
from courses.programme.queries import enrolments as registered
from courses.programme.queries import sessions
from courses.programme.queries.enrolments import Overview
from shared.clock import now
from shared.errors import DomainError
from web import refusals

PAGE = 100
Change = Callable[[Enrolment, datetime], Enrolment]


@never_cache
@require_safe
def show(request: HttpRequest, session: str) -> HttpResponse:
    """Figures and people; the session's moderators may look, coordinators may change."""
    if not isinstance(request.user, Person):
        return sign_in(request)
    kept = found(sessions.find(session))
    if not policies.may_see_figures(request.user, kept):
        raise PermissionDenied
    language, htmx = get_language() or settings.LANGUAGE_CODE, HtmxDetails(request)
    overview = registered.overview(kept, language)
    form = FilterForm(request.GET, provinces=[(row.code, row.name) for row in overview.provinces])
    people = Paginator(registered.people(kept, **form.filters()), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = _shown(overview, people, language) | {
        "session": kept,
        "people": people,
        "filter": form,
        "query": query.urlencode(),
        "may_manage": policies.may_manage_enrolments(request.user, kept),
    }
    return render(request, f"programme/{'_enrolment_people' if htmx else 'enrolment_list'}.html", context)


@require_POST
@for_coordinators
def approve(request: HttpRequest, by: Person, enrolment: str) -> HttpResponse:
    """What was asked for."""
    return _change(request, enrolment, lambda kept, at: decisions.approve(by=by, enrolment=kept, at=at))


@require_POST
@for_coordinators
def decline(request: HttpRequest, by: Person, enrolment: str) -> HttpResponse:
    """Not what was asked for; the reason goes to the person."""
    why = request.POST.get("reason", "")
    return _change(request, enrolment, lambda kept, at: decisions.decline(by=by, enrolment=kept, reason=why, at=at))


@require_POST
@for_coordinators
def confirm(request: HttpRequest, by: Person, enrolment: str) -> HttpResponse:
    """A free place out of turn."""
    return _change(request, enrolment, lambda kept, at: decisions.confirm(by=by, enrolment=kept, at=at))


@require_POST
@for_coordinators
def remove(request: HttpRequest, by: Person, enrolment: str) -> HttpResponse:
    """Withdraw somebody; the reason goes to them."""
    why = request.POST.get("reason", "")
    return _change(request, enrolment, lambda kept, at: decisions.remove(by=by, enrolment=kept, reason=why, at=at))


@require_POST
@for_coordinators
def renew(request: HttpRequest, by: Person, enrolment: str) -> HttpResponse:
    """New links by mail; the old ones stop working."""
    return _change(request, enrolment, lambda kept, at: decisions.renew_link(by=by, enrolment=kept, at=at))


@require_POST
@for_coordinators
def move(request: HttpRequest, by: Person, enrolment: str) -> HttpResponse:
    """A place of another channel; an unknown channel changes nothing."""
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _back(_found(request, enrolment))
    channel = Participation(form.cleaned_data["channel"])
    return _change(request, enrolment, lambda kept, at: decisions.move(by=by, enrolment=kept, channel=channel, at=at))


def _change(request: HttpRequest, public_id: str, change: Change) -> HttpResponse:
    """Do it, say how it went, and go back to the list; a page with htmx is given what changed in it."""
    kept, at = _found(request, public_id), now()
    try:
        after = change(kept, at)
    except DomainError as error:
        notices.error(request, refusals.sentence(error))
    else:
        told = {"name": after.full_name, "status": after.get_status_display(), "channel": after.get_channel_display()}
        notices.success(request, _("%(name)s: %(status)s, %(channel)s. A mail is on its way.") % told)
    if not HtmxDetails(request):
        return _back(kept)
    language = get_language() or settings.LANGUAGE_CODE
    rows = registered.changed_by(kept, at)
    context = _shown(registered.overview(kept.session, language), rows, language)
    return render(request, "programme/_enrolment_changed.html", context | {"may_manage": True, "is_changed": True})


def _shown(overview: Overview, people: Iterable[Enrolment], language: str) -> dict[str, Any]:
    """What the figures and the rows need."""
    return {
        "overview": overview,
        "rows": [
            (one, registered.place_name(one.region or one.country, language), registered.licences_of(one))
            for one in people
        ],
        "by_province": _("By province"),
        "by_profession": _("By profession"),
        "tiers": overview.tiers,
        "channels": Participation.choices,
    }


def _found(request: HttpRequest, public_id: str) -> Enrolment:
    enrolment = found(Enrolment.objects.select_related("session__course").filter(public_id=public_id).first())
    allowed(policies.may_manage_enrolments(request.user, enrolment.session))
    return enrolment


def _back(enrolment: Enrolment) -> HttpResponse:
    return redirect("courses:enrolment-list", session=enrolment.session.public_id)
