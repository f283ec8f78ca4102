"""One's own sessions, for whoever is signed in."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.access import visible
from accounts.models import Person
from courses.programme import policies
from courses.programme.actions import enrolments
from courses.programme.queries import own_sessions
from shared.clock import now
from shared.errors import DomainError
from web.refusals import sentence


@never_cache
@require_safe
@login_required
def show(request: HttpRequest) -> HttpResponse:
    """What this person registered for, and where they work."""
    return render(request, "programme/own_sessions.html", {"mine": own_sessions.of(cast(Person, request.user), now())})


@never_cache
@require_POST
@login_required
def withdraw(request: HttpRequest, enrolment: str) -> HttpResponse:
    """As the link in the mail; somebody else's registration is not there."""
    kept = visible(own_sessions.find(enrolment), may_see=policies.may_withdraw, to=request.user)
    try:
        enrolments.withdraw(enrolment=kept, at=now())
    except DomainError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("Thank you for telling us: your place is free for somebody else."))
    return redirect("courses:mine-show")
