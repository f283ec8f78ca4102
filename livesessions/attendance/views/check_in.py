"""Checking in with the code at the door, and out again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from livesessions.attendance.actions import check_in
from livesessions.attendance.models import SpanSource
from livesessions.attendance.queries import sheets
from livesessions.room import policies
from livesessions.room.rules.members import Member
from livesessions.room.views.entering import Visit, visit
from shared.clock import now
from shared.errors import DomainError
from web.refusals import sentence


@require_GET
@never_cache
@ensure_csrf_cookie
def show(request: HttpRequest, room: str) -> HttpResponse:
    """With a code that the door shows now, the person is checked in; without one, they see where they stand.

    Opening the address is the act, as scanning is: it takes a code of this very moment, and twice is once.
    """
    guest = visit(request, room)
    member = _attendee(guest)
    if member is None:
        return _page(request, guest, status=403 if guest.is_known else 401)
    if code := request.GET.get("code", ""):
        try:
            check_in.check_in(room=guest.room, member=member, code=code, at=now())
        except DomainError as error:
            return _page(request, guest, problem=sentence(error), status=409)
        return redirect("livesessions:check-in-show", room)
    return _page(request, guest)


@require_POST
def leave(request: HttpRequest, room: str) -> HttpResponse:
    """The person says that they leave; saying it again changes nothing."""
    guest = visit(request, room)
    member = _attendee(guest)
    if member is None:
        return _page(request, guest, status=403 if guest.is_known else 401)
    check_in.check_out(room=guest.room, member=member, at=now())
    return redirect("livesessions:check-in-show", room)


def _attendee(guest: Visit) -> Member | None:
    return guest.member if guest.member and policies.may_enter(guest.member) else None


def _page(request: HttpRequest, guest: Visit, *, problem: str = "", status: int = 200) -> HttpResponse:
    member = _attendee(guest)
    since = sheets.declared_open(guest.room.pk, SpanSource.CODE).get(member.pk) if member else None
    context = {
        "room": guest.room,
        "session": guest.room.session,
        "member": member,
        "is_known": guest.is_known,
        "is_banned": guest.member is not None and member is None,
        "is_over": guest.room.is_over(now()),
        "since": since,
        "problem": problem,
    }
    return render(request, "attendance/check_in.html", context, status=status)
