"""A session as a calendar file for anybody who may see it; the personal one comes by mail."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import visible
from courses.programme import policies
from courses.programme.actions.enrolment_mails import entry_of
from courses.programme.queries import links, sessions
from courses.programme.rules.calendars import ics
from shared.clock import now


@require_safe
def show(request: HttpRequest, session: str) -> HttpResponse:
    """`text/calendar`; a cancelled session is told as cancelled, so that it leaves the calendar that has it."""
    found = visible(sessions.find(session), may_see=policies.may_see_session, to=request.user)
    entry = entry_of(found, url=links.session_url(found), at=now(), is_cancelled=found.cancelled_at is not None)
    headers = {"Content-Disposition": f'attachment; filename="{found.public_id}.ics"'}
    return HttpResponse(ics(entry), content_type="text/calendar; charset=utf-8", headers=headers)
