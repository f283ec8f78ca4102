"""What remains of a room after its end; ending it without the desk, and taking back an end that came by mistake."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from livesessions.room import policies
from livesessions.room.actions import rooms, stage
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn
from livesessions.room.models import Room
from livesessions.room.queries.members import Member
from livesessions.room.queries.rooms import reopening_refusal
from livesessions.room.views.entering import Visit, turn_away, visit
from shared.clock import now
from shared.errors import DomainError
from web.refusals import sentence


def over(request: HttpRequest, room: Room, member: Member | None) -> HttpResponse:
    """The page of a room that is over, or whose session was cancelled."""
    context = {
        "room": room,
        "session": room.session,
        "may_make_case": member is not None and policies.may_make_case(member),
        "may_reopen": member is not None and policies.may_reopen(member) and reopening_refusal(room, now()) is None,
        "reopen_minutes": settings.SESSION_REOPEN_MINUTES,
    }
    return render(request, "room/room_over.html", context)


@never_cache
@require_POST
def reopen(request: HttpRequest, room: str) -> HttpResponse:
    """For the moderator and coordinators, some minutes long; twice is once."""
    return _move(request, room, policies.may_reopen, stage.reopen, _("The session goes on."))


@never_cache
@require_POST
def end(request: HttpRequest, room: str) -> HttpResponse:
    """End the session without being in its room; twice is once."""
    return _move(request, room, lambda member: policies.may(member, "stage.end"), stage.end, _("The session is over."))


def _move(
    request: HttpRequest, room: str, may: Callable[[Member], bool], change: Callable[[Turn], Written], done: str
) -> HttpResponse:
    guest: Visit = visit(request, room)
    if guest.member is None or not may(guest.member):
        return turn_away(request, guest)
    try:
        with transaction.atomic():
            change(Turn(rooms.locked(guest.room.pk), guest.member, now()))
    except DomainError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, done)
    if request.POST.get("back") == "plan":
        return redirect("courses:session-plan", session=room)
    return redirect("livesessions:room-show", room)
