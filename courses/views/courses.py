"""A course's page, and its form."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Person
from courses import policies
from courses.actions import courses as actions
from courses.forms.courses import CourseForm
from courses.models import Course
from courses.queries import cases, courses, missions
from courses.views.access import for_coordinators, found, visible
from shared.clock import now


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    course = visible(courses.find(slug), may_see=policies.may_see_course, to=request.user)
    context = {
        "course": course,
        "sessions": courses.sessions_of(course, now()),
        "may_plan": policies.may_plan(request.user),
    }
    if isinstance(request.user, Person):
        context["teaching_cases"] = cases.taught_in(course, request.user, now().date())
    return render(request, "courses/course.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def create(request: HttpRequest, planner: Person) -> HttpResponse:
    """`?mission=<slug>` chooses the mission beforehand."""
    return _edit(request, planner, Course(mission=missions.find(request.GET.get("mission", ""))))


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def change(request: HttpRequest, planner: Person, slug: str) -> HttpResponse:
    return _edit(request, planner, found(courses.find(slug)))


def _edit(request: HttpRequest, planner: Person, course: Course) -> HttpResponse:
    form = CourseForm(request.POST or None, instance=course)
    if request.method == "POST" and form.is_valid():
        kept = actions.save(by=planner, course=form.save(commit=False))
        messages.success(request, _("The course is saved."))
        return redirect("courses:course-show", slug=kept.slug)
    return render(request, "courses/plan_course.html", {"form": form, "course": course})
