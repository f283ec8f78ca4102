"""The coordinator's dashboard."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import for_coordinators
from accounts.models import Person
from courses.programme.queries import courses, missions, sessions
from shared.clock import now


@require_safe
@for_coordinators
def home(request: HttpRequest, planner: Person) -> HttpResponse:
    context = {
        "programme": sessions.programme(sessions.planned(planner), now()),
        "missions": missions.planned(planner),
        "courses": courses.planned(planner),
    }
    return render(request, "programme/dashboard.html", context)
