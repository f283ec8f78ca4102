"""A mission's page, and its form."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import allowed, for_coordinators, found, visible
from accounts.models import Person
from accounts.queries import organisations
from courses.programme import policies
from courses.programme.actions import missions as actions
from courses.programme.forms.missions import MissionForm
from courses.programme.models import Mission
from courses.programme.queries import missions
from shared.clock import now
from web import sections


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    mission = visible(missions.find(slug), may_see=policies.may_see_mission, to=request.user)
    plans = policies.may_plan_mission(request.user, mission)
    context = {
        "mission": mission,
        "courses": missions.courses_of(mission, now(), with_drafts=plans),
        "tiers": missions.tiers(mission),
        "may_plan": plans,
    } | sections.context("mission", request.user, mission)
    return render(request, "programme/mission.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def create(request: HttpRequest, planner: Person) -> HttpResponse:
    return _edit(request, planner, Mission(organisation=organisations.first_planned(planner)))


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def change(request: HttpRequest, planner: Person, slug: str) -> HttpResponse:
    mission = found(missions.find(slug))
    allowed(policies.may_plan_mission(planner, mission))
    return _edit(request, planner, mission)


def _edit(request: HttpRequest, planner: Person, mission: Mission) -> HttpResponse:
    form = MissionForm(request.POST or None, instance=mission, planner=planner)
    if request.method == "POST" and form.is_valid():
        kept = actions.save(by=planner, mission=form.save(commit=False))
        messages.success(request, _("The mission is saved."))
        return redirect("courses:mission-show", slug=kept.slug)
    return render(request, "programme/plan_mission.html", {"form": form, "mission": mission})
