"""Media of a case: the list that scripts poll, small changes by their author, and who looked."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import for_people, found, visible
from accounts.models import Person
from courses.cases.models import MediaFile
from courses.cases.policies.cases import may_see_case, may_see_views, relations_of
from courses.cases.queries import cases
from courses.media.actions import media as actions
from courses.media.messages.media import file_word
from courses.media.queries import media
from courses.media.sections import closed_since, refusal_of, words_of
from shared.clock import iso, now
from shared.errors import DomainError
from web.json_refusals import told_in_json
from web.refusals import as_json

_NAMED = ("thumb", "small", "large", "film")


@require_safe
@for_people
def index(request: HttpRequest, person: Person, case: str) -> HttpResponse:
    """`{"media": […], "closed"}` as docs/uploads.md says: what this person may see, and an author's own that is being
    cleaned or was refused.
    """
    seen = visible(cases.find(case), may_see=may_see_case, to=person)
    items = media.listed(media.of(seen), to=person, relations=relations_of(person, seen), at=now())
    closed = None
    if at := closed_since(seen):
        closed = as_json(DomainError("media.consent_withdrawn")) | {"at": iso(at)}
    return JsonResponse({"media": [_as_json(item) for item in items], "closed": closed})


@require_POST
@for_people
@told_in_json
def caption(request: HttpRequest, person: Person, medium: str) -> HttpResponse:
    """Takes `caption`."""
    kept = actions.caption(by=person, medium=_own(medium, person), text=request.POST.get("caption", ""))
    return _changed(request, kept, {"caption": kept.caption})


@require_POST
@for_people
@told_in_json
def check(request: HttpRequest, person: Person, medium: str) -> HttpResponse:
    """Takes `checked`: 1 once the author has looked for names and faces, 0 to take that back."""
    is_checked = request.POST.get("checked") == "1"
    kept = actions.check(by=person, medium=_own(medium, person), is_checked=is_checked, at=now())
    return _changed(request, kept, {"checked": kept.checked_at is not None})


@require_POST
@for_people
@told_in_json
def remove(request: HttpRequest, person: Person, medium: str) -> HttpResponse:
    """The files are deleted for good."""
    kept = actions.remove(by=person, medium=_own(medium, person), at=now())
    return _changed(request, kept, {"state": kept.state})


@require_POST
@for_people
@told_in_json
def move(request: HttpRequest, person: Person, medium: str) -> HttpResponse:
    """Takes `position`, from 0; anything else is the end."""
    asked = request.POST.get("position", "")
    own = _own(medium, person)
    ordered = actions.move(by=person, medium=own, position=int(asked) if asked.isdecimal() else 10**6)
    return _changed(request, own, {"media": [each.public_id for each in ordered]})


@require_safe
@for_people
def views(request: HttpRequest, person: Person, medium: str) -> HttpResponse:
    """Who was sent which file of the medium, and when."""
    seen = visible(media.find(medium), may_see=_may_see_views, to=person)
    looks = [(view, file_word(view.name)) for view in media.views(seen)]
    return render(request, "media/medium_looks.html", {"medium": seen, "case": seen.case, "views": looks})


def _own(medium: str, person: Person) -> MediaFile:
    """The medium, for whoever sees its case; the action refuses who may not change it."""
    kept = found(media.find(medium))
    visible(kept.case, may_see=may_see_case, to=person)
    return kept


def _may_see_views(person: Any, medium: MediaFile) -> bool:
    return may_see_views(person, medium.case)


def _changed(request: HttpRequest, medium: MediaFile, told: dict[str, Any]) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"medium": medium.public_id} | told)
    return redirect("courses:case-show", case=medium.case.public_id)


def _as_json(item: media.Item) -> dict[str, Any]:
    medium = item.medium
    numbers = ("caption", "kind", "state", "burned_in", "position", "frames", "seconds", "width", "height", "windows")
    refused = as_json(DomainError(medium.refusal)) if refusal_of(medium) else None
    return {
        "medium": medium.public_id,
        **{name: getattr(medium, name) for name in numbers},
        "refusal": refused,
        "removed": words_of(medium.removed),
        "findings": medium.findings,
        "checked": medium.checked_at is not None,
        "released": medium.released_at is not None,
        "bytes": item.bytes,
        "files": [file.as_json() for file in item.files],
        **{name: file.as_json() if (file := getattr(item, name)) else None for name in _NAMED},
        "window_url": item.window_url,
    }
