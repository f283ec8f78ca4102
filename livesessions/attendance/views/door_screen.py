"""The door of the auditorium: a code on a screen, new every half minute."""

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from livesessions.attendance.queries import door_codes
from livesessions.attendance.rules import door_codes as codes
from livesessions.room import policies
from livesessions.room.models import Room
from livesessions.room.views.entering import Visit, turn_away, visit
from shared.clock import now


@require_GET
@never_cache
def show(request: HttpRequest, room: str) -> HttpResponse:
    """The page for the screen at the door; staff only."""
    guest = visit(request, room)
    if not _may_keep(guest):
        return turn_away(request, guest)
    context = {"room": guest.room, "session": guest.room.session, "code": _code(guest.room)}
    return render(request, "attendance/door_screen.html", context)


@require_GET
@never_cache
def code(request: HttpRequest, room: str) -> HttpResponse:
    """The code of now, for the page that is already open: `{"image", "spoken", "next_ms"}`."""
    guest = visit(request, room)
    if not _may_keep(guest):
        return JsonResponse({}, status=403)
    return JsonResponse(_code(guest.room))


def _may_keep(guest: Visit) -> bool:
    return guest.member is not None and policies.may_keep_door(guest.member)


def _code(room: Room) -> dict[str, str | int]:
    """`image` is a data address of the QR code; `next_ms` milliseconds until the next one, and a little."""
    at = now()
    current = door_codes.current(room, at)
    address = f"{settings.SITE_URL}{reverse('livesessions:check-in-show', args=[room.public_id])}?code={current}"
    picture = segno.make(address, error="m", micro=False).svg_data_uri(border=2, omitsize=True)
    return {"image": picture, "spoken": codes.spoken(current), "next_ms": int(codes.next_in(at) * 1000) + 250}
