"""One medium of a case, looked at: its picture, pages or frames, its marks, what was taken out and who may see it."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from accounts.access import for_people, found
from accounts.models import Person
from courses.cases.models import MediaFile, MediaKind
from courses.cases.policies.cases import Relation, may_edit_case, may_mark, may_see_medium, may_see_views, relations_of
from courses.media.queries import annotations, frames, media
from courses.media.sections import uploading, words_of
from courses.media.views.texts import presets, viewer_texts
from shared.clock import now


@require_safe
@ensure_csrf_cookie
@for_people
def show(request: HttpRequest, person: Person, medium: str) -> HttpResponse:
    """`?frame=` is the page of a document or the frame of a scan, from 1; `?preset=` a scan's window by name."""
    kept = found(media.find(medium))
    relations = relations_of(person, kept.case)
    if not may_see_medium(person, kept, relations):
        raise Http404
    shown = media.listed(media.of(kept.case), to=person, relations=relations, at=now())
    seen = [item for item in shown if item.files]
    place = found(next((n for n, item in enumerate(seen) if item.medium.pk == kept.pk), None))
    asked = request.GET.get("frame", "")
    item = seen[place]
    frame = frames.shown(item, int(asked) if asked.isdecimal() else None, request.GET.get("preset", ""))
    layers = annotations.layers(kept, to=person)
    may_draw = kept.kind != MediaKind.VIDEO and may_mark(person, kept, relations)
    context = {
        "case": kept.case,
        "medium": kept,
        "item": item,
        "frame": frame,
        "place": place + 1,
        "count": len(seen),
        "before": seen[place - 1].medium if place else None,
        "after": seen[place + 1].medium if place + 1 < len(seen) else None,
        "layers": layers,
        "removed": words_of(kept.removed),
        "audience": _audience(kept),
        "may_edit": kept.kind == MediaKind.PHOTO and may_edit_case(person, kept.case),
        "may_see_views": may_see_views(person, kept.case),
        "presets": [(name, label) for name, label in presets() if name in frame.presets],
        "films": sorted((file for file in item.files if file.name.endswith(".mp4")), key=lambda file: file.bytes),
        "may_mark": may_draw,
        "config": _config(person, item, frame, layers) | {"may_mark": may_draw},
        "texts": viewer_texts(),
    }
    if context["may_edit"]:
        context |= uploading(person, kept.case)
    return render(request, "media/medium.html", context)


def _audience(medium: MediaFile) -> list[Relation]:
    """Who may see it, as the policy itself answers for each way of relations to the case."""
    return [each for each in Relation if may_see_medium(AnonymousUser(), medium, frozenset({each}))]


def _config(person: Person, item: media.Item, frame: frames.Shown, layers: list[annotations.Layer]) -> dict[str, Any]:
    """What the viewer's scripts must know."""
    medium = item.medium
    return {
        "medium": medium.public_id,
        "kind": medium.kind,
        "me": person.public_id,
        "language": get_language() or "en",
        "frame": frame.number,
        "frames": medium.frames,
        "pages": [page.as_json() for page in frames.pages(item)],
        "window_url": item.window_url,
        "windows": medium.windows,
        "presets": dict(presets()),
        "layers": [layer.as_json() for layer in layers],
        "urls": {
            "marks": reverse("courses:mark-list", args=[medium.public_id]),
            "save": reverse("courses:mark-save", args=[medium.public_id]),
            "media": reverse("courses:medium-list", args=[medium.case.public_id]),
        },
    }
