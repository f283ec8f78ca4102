"""Drawing on pictures: everybody has a layer of their own, and the picture stays as it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import Person
from courses import identifiers
from courses.cases.models import MediaFile, MediaKind
from courses.cases.policies.cases import may_mark
from courses.media.models import AnnotationLayer
from courses.media.rules import annotations
from shared.errors import DomainError


@transaction.atomic
def save(
    *, by: Person, medium: MediaFile, frame: int, shapes: object, revision: int, is_looked_over: bool, at: datetime
) -> AnnotationLayer:
    """Put `shapes` (as `rules.marks.read` takes them) in the place of one's own layer of this frame (from 1).

    `revision` is the one they were drawn upon, 0 for the first. Idempotent: the same shapes again are no change. New
    words that may name somebody are taken only when the author `is_looked_over` them once more. Raises
    `marks.forbidden`, `marks.no_picture`, `marks.conflict`, `marks.identifiers` and what `rules.marks.read` raises.
    """
    if not may_mark(by, medium):
        raise DomainError("marks.forbidden")
    if medium.kind == MediaKind.VIDEO or not 1 <= frame <= medium.frames:
        raise DomainError("marks.no_picture")
    drawn = annotations.read(shapes)
    told: list[dict[str, Any]] = [shape.as_json() for shape in drawn]
    layer, is_new = AnnotationLayer.objects.select_for_update().get_or_create(
        medium=medium, frame=frame, author=by, defaults={"shapes": told, "saved_at": at}
    )
    if not is_new and layer.shapes == told:
        return layer
    if not is_new and layer.revision != revision:
        raise DomainError("marks.conflict")
    if not is_looked_over:
        known = set() if is_new else set(annotations.words(annotations.read(layer.shapes)))
        _search([word for word in annotations.words(drawn) if word not in known])
    if is_new:
        return layer
    layer.shapes, layer.revision, layer.saved_at = told, revision + 1, at
    layer.save(update_fields=["shapes", "revision", "saved_at"])
    return layer


def _search(words: Sequence[str]) -> None:
    found = [word for word in words if identifiers.find(word)]
    if found:
        raise DomainError("marks.identifiers", words=" · ".join(found))
