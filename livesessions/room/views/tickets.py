"""Fresh tickets for opening a socket."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from livesessions.room import tickets
from livesessions.room.views.entering import visit
from shared.clock import now


@require_POST
@never_cache
def create(request: HttpRequest, room: str) -> JsonResponse:
    """`{"ticket", "over"}` for whoever may enter; 401 or 403 with an error code otherwise. Repeating it is harmless.

    The page says in `person` whom it was made for: 409 when that is nobody this browser is any more.
    `over`: the room is closed, which a page that waits for it to be reopened asks now and then.
    """
    wanted = request.POST.get("person", "")
    guest = visit(request, room, wanted)
    if wanted and guest.is_known and guest.person != wanted:
        return JsonResponse({"code": "room.other_person"}, status=409)
    if guest.member is None or not guest.may_enter:
        code, status = ("room.forbidden", 403) if guest.is_known else ("room.not_signed_in", 401)
        return JsonResponse({"code": code}, status=status)
    ticket = tickets.issue(guest.room.public_id, guest.member, guest.browser)
    return JsonResponse({"ticket": ticket, "over": guest.room.is_over(now())})
