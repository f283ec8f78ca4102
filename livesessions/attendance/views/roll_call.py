"""The roll of the operating room: who is in, since when, and a button each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from livesessions.attendance.actions import roll_call
from livesessions.attendance.queries import roll_call as roll
from livesessions.room import policies
from livesessions.room.queries import members
from livesessions.room.views.entering import Visit, turn_away, visit
from shared.clock import now
from shared.errors import DomainError
from web.refusals import sentence


@require_GET
@never_cache
def show(request: HttpRequest, room: str) -> HttpResponse:
    """The roll, for staff."""
    guest = visit(request, room)
    if guest.member is None or not policies.may_call_roll(guest.member):
        return turn_away(request, guest)
    return _page(request, guest)


@require_POST
def mark(request: HttpRequest, room: str) -> HttpResponse:
    """`person` came in (`is_in` is 1) or left, now."""
    guest = visit(request, room)
    if guest.member is None or not policies.may_call_roll(guest.member):
        return turn_away(request, guest)
    target = members.find(room=guest.room, person=request.POST.get("person", ""))
    if target is None:
        raise Http404
    try:
        is_in = request.POST.get("is_in") == "1"
        roll_call.mark(room=guest.room, by=guest.member, target=target, is_in=is_in, at=now())
    except DomainError as error:
        return _page(request, guest, problem=sentence(error), status=409)
    return redirect("livesessions:roll-call-show", room)


def _page(request: HttpRequest, guest: Visit, *, problem: str = "", status: int = 200) -> HttpResponse:
    context = {
        "room": guest.room,
        "session": guest.room.session,
        "places": roll.places(guest.room),
        "is_over": guest.room.is_over(now()),
        "problem": problem,
    }
    return render(request, "attendance/roll_call.html", context, status=status)
