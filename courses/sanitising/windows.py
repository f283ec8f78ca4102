"""Shows a frame of a clean DICOM file as a picture, at a window (PS3.3 C.11.2)."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Preset:
    """A window with a stable name: `soft_tissue`, `bone`, `lung`, `brain`, or `default`."""

    name: str
    centre: float
    width: float


@dataclass(frozen=True, slots=True)
class Description:
    """What a viewer needs to know. `centre`, `width`, `low` and `high` are in the units of the modality (CT: HU);
    `is_colour` pictures have no window.
    """

    frames: int
    modality: str
    rows: int
    columns: int
    is_colour: bool
    centre: float
    width: float
    low: float
    high: float
    presets: tuple[Preset, ...]


def describe(source: Path | BinaryIO) -> Description:
    """Reads one of our own clean files. Raises ValueError for others."""
    raise NotImplementedError


def render(source: Path | BinaryIO, *, frame: int, centre: float | None, width: float | None, size: int) -> bytes:
    """A JPEG of one frame (from 0) whose longer side is at most `size` pixels. Without a window: the default one.
    Raises ValueError for a frame that is not there.
    """
    raise NotImplementedError
