"""Marks on a picture, as the viewer's scripts read and save them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from accounts.access import for_people, visible
from accounts.models import Person
from courses.cases.policies.cases import may_see_medium
from courses.media.actions import annotations as actions
from courses.media.queries import annotations, media
from shared.clock import iso, now
from web.json_bodies import loaded
from web.json_refusals import told_in_json


@require_safe
@for_people
def index(request: HttpRequest, person: Person, medium: str) -> HttpResponse:
    """All layers of the medium: `{"layers": […]}`."""
    seen = visible(media.find(medium), may_see=may_see_medium, to=person)
    return JsonResponse({"layers": [layer.as_json() for layer in annotations.layers(seen, to=person)]})


@require_POST
@for_people
@told_in_json
def save(request: HttpRequest, person: Person, medium: str) -> HttpResponse:
    """Takes `{"frame", "shapes", "revision", "looked"}`, answers `{"revision", "saved_at"}` or a refusal."""
    seen = visible(media.find(medium), may_see=may_see_medium, to=person)
    told = _told(request)
    kept = actions.save(
        by=person,
        medium=seen,
        frame=_whole(told.get("frame")),
        shapes=told.get("shapes"),
        revision=_whole(told.get("revision")),
        is_looked_over=told.get("looked") is True,
        at=now(),
    )
    return JsonResponse({"revision": kept.revision, "saved_at": iso(kept.saved_at)})


def _told(request: HttpRequest) -> dict[str, Any]:
    """The body; empty when it is no JSON object, so that the action refuses what is missing."""
    try:
        told = loaded(request)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _whole(told: object) -> int:
    """0 for what is no number: there is no frame 0, and a revision 0 is the first."""
    return told if type(told) is int and 0 <= told < 2**31 else 0
