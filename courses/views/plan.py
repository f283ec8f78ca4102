"""The coordinator's dashboard."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Person
from courses.models import Session
from courses.queries import courses, missions, sessions
from courses.views.access import for_coordinators
from shared.clock import now


@require_safe
@for_coordinators
def home(request: HttpRequest, _planner: Person) -> HttpResponse:
    context = {
        "programme": sessions.programme(Session.objects.select_related("course__mission"), now()),
        "missions": missions.everything(),
        "courses": courses.everything(),
    }
    return render(request, "courses/plan_home.html", context)
