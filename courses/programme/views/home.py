"""The front page: what is live, what comes, the missions, and what was."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.programme.queries import missions, sessions
from shared.clock import now


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    programme = sessions.programme(sessions.published(), now())
    return render(request, "programme/home.html", {"programme": programme, "missions": missions.published()})
