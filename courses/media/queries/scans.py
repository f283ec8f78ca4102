"""Frames of clean scans as pictures. Of the file only the head and the frame are read, on S3 too."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from courses.cases.models import MediaFile, Rendition
from files import storage

SMALLEST, LARGEST, USUAL = 16, 2048, 1024  # pixels of the longer side
FARTHEST: Final = 1e6  # of a window's centre from 0, and its greatest width


@dataclass(frozen=True, slots=True)
class View:
    """`frame` from 0, `size` in pixels; without centre or width the scan's own."""

    frame: int = 0
    centre: float | None = None
    width: float | None = None
    size: int = USUAL


def asked(medium: MediaFile, told: Mapping[str, str]) -> View:
    """What is asked for by `frame` (from 1), `centre`, `width` and `size`, brought within what can be."""
    frame, size = _number(told.get("frame")), _number(told.get("size"))
    centre, width = _number(told.get("centre")), _number(told.get("width"))
    return View(
        frame=int(min(max(frame if frame is not None else 1, 1), medium.frames)) - 1,
        centre=None if centre is None else min(max(centre, -FARTHEST), FARTHEST),
        width=None if width is None else min(max(width, 1.0), FARTHEST),
        size=int(min(max(size if size is not None else USUAL, SMALLEST), LARGEST)),
    )


def picture(kept: Rendition, view: View) -> bytes:
    """A JPEG. Raises FileNotFoundError, ValueError for a frame that is not there, and the errors of `files.storage`."""
    from courses.media.sanitising import windows

    with storage.opened(kept.storage_key, kept.size) as file:
        return windows.render(file, frame=view.frame, centre=view.centre, width=view.width, size=view.size)


def _number(told: str | None) -> float | None:
    with suppress(ValueError, TypeError):
        number = float(told or "")
        return number if abs(number) < float("inf") else None
    return None
