"""A session as a calendar file for anybody who may see it; the personal one comes by mail."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from courses import policies
from courses.actions.letters import entry_of
from courses.queries import links, sessions
from courses.rules.calendars import ics
from courses.views.access import visible
from shared.clock import now


@require_safe
def show(request: HttpRequest, session: str) -> HttpResponse:
    """`text/calendar`; a cancelled session is told as cancelled, so that it leaves the calendar that has it."""
    found = visible(sessions.find(session), may_see=policies.may_see_session, to=request.user)
    entry = entry_of(found, url=links.session_url(found), at=now(), is_cancelled=found.cancelled_at is not None)
    headers = {"Content-Disposition": f'attachment; filename="{found.public_id}.ics"'}
    return HttpResponse(ics(entry), content_type="text/calendar; charset=utf-8", headers=headers)
