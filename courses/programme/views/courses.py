"""A course's page, and its form."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import allowed, for_coordinators, found, visible
from accounts.models import Person
from accounts.queries import organisations
from courses.programme import policies
from courses.programme.actions import courses as actions
from courses.programme.forms.courses import CourseForm
from courses.programme.models import Course
from courses.programme.queries import courses, missions
from shared.clock import now
from web import sections


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    course = visible(courses.find(slug), may_see=policies.may_see_course, to=request.user)
    context = {
        "course": course,
        "sessions": courses.sessions_of(course, now()),
        "may_plan": policies.may_plan_course(request.user, course),
    } | sections.context("course", request.user, course)
    return render(request, "programme/course.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def create(request: HttpRequest, planner: Person) -> HttpResponse:
    """`?mission=<slug>` chooses the mission beforehand."""
    mission = missions.find(request.GET.get("mission", ""))
    if mission:
        allowed(policies.may_plan_mission(planner, mission))
    organisation = mission.organisation if mission else organisations.first_planned(planner)
    return _edit(request, planner, Course(mission=mission, organisation=organisation))


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def change(request: HttpRequest, planner: Person, slug: str) -> HttpResponse:
    course = found(courses.find(slug))
    allowed(policies.may_plan_course(planner, course))
    return _edit(request, planner, course)


def _edit(request: HttpRequest, planner: Person, course: Course) -> HttpResponse:
    form = CourseForm(request.POST or None, instance=course, planner=planner)
    if request.method == "POST" and form.is_valid():
        kept = actions.save(by=planner, course=form.save(commit=False))
        messages.success(request, _("The course is saved."))
        return redirect("courses:course-show", slug=kept.slug)
    return render(request, "programme/plan_course.html", {"form": form, "course": course})
