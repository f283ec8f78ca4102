"""The attendance sheet of a session, and the headcount while it is live."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from courses.programme.models import Session
from livesessions.attendance import policies
from livesessions.attendance.presenting.sheets import sheet_page
from livesessions.attendance.queries import sheets
from livesessions.attendance.queries.sessions import find_room
from livesessions.attendance.views.access import for_those_who
from shared.clock import now


@require_GET
@never_cache
@for_those_who(policies.may_read_sheet)
def show(request: HttpRequest, session: Session) -> HttpResponse:
    """Everybody's minutes, as the facts stand."""
    at = now()
    context = {
        "session": session,
        "page": sheet_page(session, find_room(session), sheets.sheet(session, at), at),
        "may_export": policies.may_export_sheet(request.user, session),
    }
    return render(request, "attendance/sheet.html", context)


@require_GET
@never_cache
@for_those_who(policies.may_read_sheet)
def headcount(request: HttpRequest, session: Session) -> HttpResponse:
    """Who is here now, by channel: `{"or", "auditorium", "remote", "all"}`."""
    room = find_room(session)
    counts = sheets.present(room.pk, now()) if room else {}
    return JsonResponse({**counts, "all": sum(counts.values())})
