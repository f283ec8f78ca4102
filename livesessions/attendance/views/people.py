"""One person's figure, explained; and its corrections."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.models import Person
from courses.programme.models import Session
from courses.programme.policies import may_see_session
from courses.programme.queries import passes
from livesessions.attendance import policies
from livesessions.attendance.actions import adjustments
from livesessions.attendance.forms import AdjustmentForm
from livesessions.attendance.presenting.people import explanation
from livesessions.attendance.queries import sheets
from livesessions.attendance.queries.sessions import find_room
from livesessions.attendance.rules.sheets import Line, Sheet
from livesessions.attendance.views.access import find_or_404, for_those_who
from livesessions.room.actions import rooms
from shared.clock import now
from shared.errors import DomainError
from web.refusals import blame


@require_GET
@never_cache
@for_those_who(policies.may_read_sheet)
def show(request: HttpRequest, session: Session, person: str) -> HttpResponse:
    """Every span, bridge and live window behind a person's minutes."""
    sheet, line = _line(session, person)
    form = AdjustmentForm() if policies.may_adjust(request.user, session) else None
    return _explain(request, session, sheet, line, form)


@require_GET
@never_cache
def mine(request: HttpRequest, session: str) -> HttpResponse:
    """The same about oneself, for whoever holds a pass or is signed in."""
    found = find_or_404(session)
    person = passes.person_for(request, session, request.GET.get("as", ""))
    if person is None and not may_see_session(request.user, found):
        raise Http404
    if person is None:
        return render(request, "attendance/stranger.html", {"session": found}, status=401)
    sheet, line = _line(found, person.public_id)
    return _explain(request, found, sheet, line, None, is_mine=True)


@require_POST
@for_those_who(policies.may_adjust)
def adjust(request: HttpRequest, session: Session, person: str) -> HttpResponse:
    """Append an adjustment; the same form twice is one."""
    sheet, line = _line(session, person)
    form = AdjustmentForm(request.POST)
    if form.is_valid():
        try:
            _append(request, session, person, form)
        except DomainError as error:
            blame(form, error)
        else:
            messages.success(request, _("The adjustment stands on the sheet."))
            return redirect("reports:attendance-person", session.public_id, person)
    return _explain(request, session, sheet, line, form, status=422)


def _append(request: HttpRequest, session: Session, person: str, form: AdjustmentForm) -> None:
    room = find_room(session) or rooms.for_session(session.public_id)
    if room is None or not isinstance(request.user, Person):
        raise DomainError("forbidden")
    subject = Person.objects.get(public_id=person)
    adjustments.adjust(by=request.user, room=room, person=subject, at=now(), **form.cleaned_data)


def _line(session: Session, person: str) -> tuple[Sheet, Line]:
    """The sheet and the person's line on it; 404 for somebody who is not on it."""
    sheet = sheets.sheet(session, now())
    line = sheet.line(person)
    if line is None:
        raise Http404
    return sheet, line


def _explain(
    request: HttpRequest,
    session: Session,
    sheet: Sheet,
    line: Line,
    form: AdjustmentForm | None,
    *,
    is_mine: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {"session": session, "page": explanation(session, sheet, line), "form": form, "is_mine": is_mine}
    return render(request, "attendance/person.html", context, status=status)
