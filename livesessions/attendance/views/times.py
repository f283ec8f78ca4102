"""The live time of a session: what the room recorded, and the real start, end and breaks that a coordinator sets."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Person
from courses.programme.models import Session
from livesessions.attendance import policies
from livesessions.attendance.actions import times
from livesessions.attendance.forms import TimesForm
from livesessions.attendance.presenting.times_page import times_page
from livesessions.attendance.queries import times as facts
from livesessions.attendance.queries.sessions import find_room
from livesessions.attendance.views.access import for_those_who
from livesessions.room.actions import rooms
from shared.clock import now
from shared.errors import DomainError
from web.refusals import blame


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who(policies.may_read_sheet)
def show(request: HttpRequest, session: Session) -> HttpResponse:
    """Who may read the sheet reads it; a coordinator appends a correction. The same form twice is one."""
    at, room = now(), find_room(session)
    recorded, made = facts.recorded(session, room, at), facts.corrections(room)
    form = None
    if policies.may_correct_times(request.user, session):
        form = TimesForm(request.POST or None, session=session, recorded=recorded, made=made)
    status = 200
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        status = 422
        if form.is_valid() and _append(request, session, form):
            messages.success(request, _("The times are set. Everybody's minutes follow them."))
            return redirect("reports:attendance-times", session.public_id)
    page = times_page(session, room, recorded, made)
    context = {"session": session, "page": page, "form": form}
    return render(request, "attendance/times.html", context, status=status)


def _append(request: HttpRequest, session: Session, form: TimesForm) -> bool:
    """Whether it was appended; else the form says why not."""
    room = rooms.for_session(session.public_id)
    try:
        if room is None or not isinstance(request.user, Person):
            raise DomainError("forbidden")
        times.correct(by=request.user, room=room, at=now(), **form.times())
    except DomainError as error:
        blame(form, error)
        return False
    return True
