"""The wall of the operating room: the question being answered and the next, read at six metres; for staff."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from livesessions.room.views.config import page_context
from livesessions.room.views.endings import over
from livesessions.room.views.entering import turn_away, visit
from shared.clock import now


@require_GET
@never_cache
@ensure_csrf_cookie
def show(request: HttpRequest, room: str) -> HttpResponse:
    """The wall of a room, for its staff."""
    guest = visit(request, room)
    if guest.member is None or not guest.may_see_desk:
        return turn_away(request, guest)
    if guest.room.is_over(now()):
        return over(request, guest.room, guest.member)
    return render(request, "room/wall.html", page_context(request, guest.room, guest.member))
