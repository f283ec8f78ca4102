"""Registering for a session, asking for the link again, withdrawing. No page tells who is registered."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import visible
from accounts.forms.licences import LicenceRows, known_licences
from accounts.models import Person
from courses.programme import policies
from courses.programme.actions import enrolments
from courses.programme.forms.enrolments import AddressForm, EnrolmentForm, known_answers
from courses.programme.models import Enrolment, EnrolmentStatus, Session
from courses.programme.queries import links, sessions
from courses.programme.queries.links import Purpose
from places import regions
from shared.clock import now
from shared.errors import DomainError
from web import refusals
from web.clients import client_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, session: str) -> HttpResponse:
    """The form; sent in, everybody gets the same answer, known or new, place or waiting list."""
    found = _visible(request, session)
    if not policies.may_register(request.user, found, now()):
        return render(request, "programme/enrolment_closed.html", {"session": found})
    if not policies.is_qualified(request.user, found):
        status = 403 if request.method == "POST" else 200
        return render(request, "programme/enrolment_verified.html", {"session": found}, status=status)
    if request.method != "POST":
        return _form(request, found, *_blank(request, found))
    if "more" in request.POST:
        return _form(request, found, *_typed(request, found))
    form = EnrolmentForm(request.POST, session=found)
    rows = LicenceRows(request.POST, prefix="licences")
    if form.is_valid() and rows.is_valid():
        try:
            answers = form.answers(rows.licences())
            email = form.cleaned_data["email"]
            client = client_of(request)
            enrolments.register(session=found, email=email, answers=answers, by=request.user, at=now(), client=client)
            return redirect("courses:enrolment-registered", session=found.public_id)
        except DomainError as error:
            refusals.blame(form, error)
    return _form(request, found, form, rows)


@never_cache
@require_safe
def registered(request: HttpRequest, session: str, is_reminder: bool = False) -> HttpResponse:
    """Look into your mailbox: the same page for everybody."""
    context = {"session": _visible(request, session), "is_reminder": is_reminder}
    return render(request, "programme/registered.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resend(request: HttpRequest, session: str) -> HttpResponse:
    """Mail me my link again: the same answer whether or not the address is registered."""
    found = _visible(request, session)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        enrolments.send_link_again(session=found, email=email, at=now(), client=client_of(request))
        return redirect("courses:enrolment-resent", session=found.public_id)
    return render(request, "programme/enrolment_resend.html", {"session": found, "form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first; then withdraw, and offer the way back."""
    enrolment = _held(token)
    if enrolment is None:
        return _unknown(request)
    session, problem = enrolment.session, ""
    if request.method == "POST":
        try:
            enrolments.withdraw(enrolment=enrolment, at=now())
        except DomainError as error:
            problem = refusals.sentence(error)
        else:
            return redirect("courses:enrolment-withdraw", token=token)
    context = {
        "enrolment": enrolment,
        "session": session,
        "token": token,
        "is_withdrawn": enrolment.status == EnrolmentStatus.WITHDRAWN,
        "is_removed": enrolment.is_removed,
        "is_past": session.phase(now()).is_past,
        "may_return": policies.may_register(enrolment.person, session, now()),
    }
    return render(request, "programme/withdraw.html", context, status=409 if problem else 200)


@never_cache
@require_POST
def come_back(request: HttpRequest, token: str) -> HttpResponse:
    """Register again after withdrawing; the mail tells whether there was a place."""
    enrolment = _held(token)
    if enrolment is None:
        return _unknown(request)
    try:
        enrolments.come_back(enrolment=enrolment, at=now())
    except DomainError:
        return redirect("courses:enrolment-withdraw", token=token)
    return redirect("courses:enrolment-registered", session=enrolment.session.public_id)


@require_safe
@cache_control(public=True, max_age=86_400)
def region_list(request: HttpRequest, language: str, country: str) -> JsonResponse:
    """The provinces of a country for the form: `{"regions": [[code, name], …]}`, empty for an unknown one.

    The language is part of the address, so that any cache on the way may keep the answer.
    """
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return JsonResponse({"regions": regions.regions(country, language)})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice in force."""
    return render(request, "programme/privacy.html", {"version": settings.PRIVACY_NOTICE_VERSION})


def _visible(request: HttpRequest, public_id: str) -> Session:
    return visible(sessions.find(public_id), may_see=policies.may_see_session, to=request.user)


def _held(token: str) -> Enrolment | None:
    """Whose link this is; None for one that is broken or replaced."""
    found = links.find(token, Purpose.WITHDRAW)
    return None if found is None or found.is_void else found.enrolment


def _unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "programme/enrolment_unknown.html", status=404)


def _blank(request: HttpRequest, session: Session) -> tuple[EnrolmentForm, LicenceRows]:
    person = request.user if isinstance(request.user, Person) else None
    form = EnrolmentForm(session=session, initial=known_answers(person, session))
    return form, _rows(form, known_licences(person))


def _typed(request: HttpRequest, session: Session) -> tuple[EnrolmentForm, LicenceRows]:
    """What was typed so far, unjudged: somebody without scripts asked for provinces or for one more licence row."""
    rows = LicenceRows(request.POST, prefix="licences")
    typed = [{name: row[name].value() for name in row.fields} for row in rows.forms]
    form = EnrolmentForm(session=session, initial=request.POST.dict())
    return form, _rows(form, [row for row in typed if row["number"] or row["kind"]])


def _rows(form: EnrolmentForm, licences: list[dict[str, str]]) -> LicenceRows:
    """These licences and an empty row, which starts with the country above."""
    home = form.initial.get("country", "")
    return LicenceRows(prefix="licences", initial=licences, form_kwargs={"home": home})


def _form(request: HttpRequest, session: Session, form: EnrolmentForm, rows: LicenceRows) -> HttpResponse:
    _focus_first_error(form, rows)
    return render(request, "programme/register.html", {"session": session, "form": form, "licences": rows})


def _focus_first_error(form: EnrolmentForm, rows: LicenceRows) -> None:
    """The browser itself goes there: no script needed."""
    if not form.is_bound:
        return
    for asked in (form, *rows.forms):
        for name, asked_field in asked.fields.items():
            if name in asked.errors:
                asked_field.widget.attrs["autofocus"] = True
                return
