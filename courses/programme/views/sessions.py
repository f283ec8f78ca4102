"""A session's public page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import visible
from courses.programme import policies
from courses.programme.queries import passes, sessions, team
from shared.clock import now


@never_cache
@require_safe
def show(request: HttpRequest, session: str) -> HttpResponse:
    kept = visible(sessions.find(session), may_see=policies.may_see_session, to=request.user)
    person = passes.person_for(request, kept.public_id, request.GET.get("as", ""))
    context = {
        "item": sessions.listed([kept], now())[0],
        "session": kept,
        "team": team.of(kept),
        "enrolment": sessions.active_enrolment(person, kept),
        "may_plan": policies.may_plan_session(request.user, kept),
        "may_work": policies.may_work_at(request.user, kept),
        "may_read_safety": policies.may_read_safety(request.user, kept),
        "may_see_figures": policies.may_see_figures(request.user, kept),
    }
    return render(request, "programme/session.html", context)
