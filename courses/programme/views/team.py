"""Who works at a session, for coordinators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import for_coordinators
from accounts.models import Person
from courses.programme.actions import team as actions
from courses.programme.forms.team import TeamForm
from courses.programme.models import TeamRole
from courses.programme.views.session_plans import planned, render_plan
from shared.errors import DomainError
from web.refusals import blame


@require_POST
@for_coordinators
def assign(request: HttpRequest, planner: Person, session: str) -> HttpResponse:
    kept = planned(session, planner)
    form = TeamForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data | {"role": TeamRole(form.cleaned_data["role"])}
        try:
            member = actions.assign(by=planner, session=kept, **data)
        except DomainError as error:
            blame(form, error)
        else:
            messages.success(request, _("%(name)s is invited by mail.") % {"name": member.person})
            return redirect("courses:session-plan", session=kept.public_id)
    return render_plan(request, kept, form)


@require_POST
@for_coordinators
def remove(request: HttpRequest, planner: Person, session: str, person: str) -> HttpResponse:
    kept = planned(session, planner)
    actions.remove(by=planner, session=kept, person=person)
    return redirect("courses:session-plan", session=kept.public_id)
