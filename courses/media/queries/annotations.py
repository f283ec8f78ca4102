"""The layers of marks on a medium."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Person
from courses.cases.models import MediaFile
from courses.media.models import AnnotationLayer
from shared.clock import iso


@dataclass(frozen=True, slots=True)
class Layer:
    """One person's marks on one frame (from 1). `shapes` as `courses.media.rules.annotations` writes them."""

    author: str
    author_id: str
    is_own: bool
    frame: int
    shapes: list[dict[str, Any]]
    revision: int
    saved_at: datetime

    def as_json(self) -> dict[str, Any]:
        return {
            "author": self.author,
            "author_id": self.author_id,
            "mine": self.is_own,
            "frame": self.frame,
            "shapes": self.shapes,
            "revision": self.revision,
            "saved_at": iso(self.saved_at),
        }


def layers(medium: MediaFile, *, to: Person) -> list[Layer]:
    """All layers, frame by frame; an emptied one of somebody else is left out, one's own is kept for its revision. One
    query.
    """
    kept = AnnotationLayer.objects.filter(medium=medium).select_related("author")
    return [_layer(layer, to) for layer in kept if layer.shapes or layer.author_id == to.pk]


def _layer(kept: AnnotationLayer, to: Person) -> Layer:
    return Layer(
        author=kept.author.full_name,
        author_id=kept.author.public_id,
        is_own=kept.author_id == to.pk,
        frame=kept.frame,
        shapes=kept.shapes,
        revision=kept.revision,
        saved_at=kept.saved_at,
    )
