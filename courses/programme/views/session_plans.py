"""The coordinator's pages of a session: plan it, open and close registration, call it off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import allowed, for_coordinators, found
from accounts.models import Person
from courses.programme import policies
from courses.programme.actions import sessions as actions
from courses.programme.forms.sessions import SessionForm
from courses.programme.forms.team import TeamForm
from courses.programme.models import Session
from courses.programme.queries import courses, sessions, team
from shared.clock import now
from shared.errors import DomainError
from web import sections
from web.refusals import blame, sentence


@require_safe
@for_coordinators
def show(request: HttpRequest, planner: Person, session: str) -> HttpResponse:
    return render_plan(request, planned(session, planner), TeamForm())


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def create(request: HttpRequest, planner: Person, slug: str) -> HttpResponse:
    """A new session of the course `slug`."""
    course = found(courses.find(slug))
    allowed(policies.may_plan_course(planner, course))
    form = SessionForm(request.POST or None, instance=Session(course=course))
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.plan(by=planner, session=form.save(commit=False))
        except DomainError as error:
            blame(form, error)
        else:
            messages.success(request, _("The session is planned. Now its team, then open registration."))
            return redirect("courses:session-plan", session=kept.public_id)
    return render(request, "programme/plan_session_form.html", {"form": form, "session": form.instance})


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def change(request: HttpRequest, planner: Person, session: str) -> HttpResponse:
    form = SessionForm(request.POST or None, instance=planned(session, planner))
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.change(by=planner, session=form.save(commit=False), at=now())
        except DomainError as error:
            blame(form, error)
        else:
            messages.success(request, _("The session is saved."))
            return redirect("courses:session-plan", session=kept.public_id)
    return render(request, "programme/plan_session_form.html", {"form": form, "session": form.instance})


@require_POST
@for_coordinators
def set_registration(request: HttpRequest, planner: Person, session: str) -> HttpResponse:
    """`open=1` opens it, anything else closes it."""
    kept = planned(session, planner)
    try:
        actions.set_registration(by=planner, session=kept, is_open=request.POST.get("open") == "1", at=now())
    except DomainError as error:
        messages.error(request, sentence(error))
    return redirect("courses:session-plan", session=kept.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def cancel(request: HttpRequest, planner: Person, session: str) -> HttpResponse:
    """Asks first: it cannot be taken back, and everybody registered hears of it."""
    kept = planned(session, planner)
    if request.method != "POST":
        return render(request, "programme/plan_session_cancel.html", {"item": sessions.listed([kept], now())[0]})
    try:
        actions.cancel(by=planner, session=kept, at=now())
    except DomainError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("The session is cancelled."))
    return redirect("courses:session-plan", session=kept.public_id)


def planned(public_id: str, planner: Person) -> Session:
    """The session; 404 where there is none, 403 for a coordinator of another organisation."""
    session = found(sessions.find(public_id))
    allowed(policies.may_plan_session(planner, session))
    return session


def render_plan(request: HttpRequest, session: Session, form: TeamForm, status: int = 200) -> HttpResponse:
    """The session's planning page, with the team's form as typed."""
    at = now()
    context = sections.context("session_plan", session, at) | {
        "item": sessions.listed([session], at)[0],
        "session": session,
        "team": team.of(session),
        "form": form,
    }
    return render(request, "programme/plan_session.html", context, status=status)
