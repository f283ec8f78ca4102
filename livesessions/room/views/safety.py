"""The safety record of a session, and a reason written afterwards."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from livesessions.room import policies
from livesessions.room.actions import safety as actions
from livesessions.room.forms import NoteForm
from livesessions.room.queries import safety
from livesessions.room.views.config import role_names
from livesessions.room.views.entering import Visit, turn_away, visit
from shared.clock import now
from shared.errors import DomainError
from web.refusals import sentence


@require_GET
@never_cache
def show(request: HttpRequest, room: str) -> HttpResponse:
    """For those who may stop or hold a session, and its moderators; before, during and after it."""
    guest = visit(request, room)
    if guest.member is None or not policies.may_read_safety(guest.member):
        return turn_away(request, guest)
    return _record(request, guest)


@require_POST
@never_cache
def note(request: HttpRequest, room: str, event: int) -> HttpResponse:
    """Add `text` to an event; the same text twice is once. A refused one comes back as it was typed."""
    guest = visit(request, room)
    if guest.member is None or not policies.may_read_safety(guest.member):
        return turn_away(request, guest)
    kept = safety.find(guest.room, event)
    if kept is None:
        raise Http404("no such event")
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            actions.note(by=guest.member, event=kept, text=form.cleaned_data["text"], at=now())
        except DomainError as error:
            form.add_error("text", sentence(error))
        else:
            messages.success(request, _("Your note is in the record."))
            return redirect("livesessions:safety-show", room)
    return _record(request, guest, refused=(kept.pk, form), status=422)


def _record(
    request: HttpRequest, guest: Visit, *, refused: tuple[int, NoteForm] | None = None, status: int = 200
) -> HttpResponse:
    names = role_names()
    rows = [
        {
            "event": row.event,
            "role": names.get(row.event.role, ""),
            "lasted": _minutes(row.lasted) if row.lasted else "",
            "form": refused[1] if refused and refused[0] == row.event.pk else NoteForm(auto_id=f"id_{row.event.pk}_%s"),
        }
        for row in safety.record(guest.room)
    ]
    context = {"room": guest.room, "session": guest.room.session, "record": rows}
    return render(request, "room/safety.html", context, status=status)


def _minutes(span: timedelta) -> str:
    minutes, seconds = divmod(int(span.total_seconds()), 60)
    return f"{minutes}:{seconds:02}"
