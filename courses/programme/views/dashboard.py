"""The coordinator's dashboard."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import for_coordinators
from accounts.models import Person
from courses.programme.models import Session
from courses.programme.queries import courses, missions, sessions
from shared.clock import now


@require_safe
@for_coordinators
def home(request: HttpRequest, _planner: Person) -> HttpResponse:
    context = {
        "programme": sessions.programme(Session.objects.select_related("course__mission"), now()),
        "missions": missions.everything(),
        "courses": courses.everything(),
    }
    return render(request, "programme/dashboard.html", context)
