"""Shows a frame of a clean DICOM file as a picture, at a window (PS3.3 C.11.2)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import numpy.typing as npt
from PIL import Image
from pydicom import Dataset, dcmread
from pydicom.errors import InvalidDicomError
from pydicom.uid import ExplicitVRLittleEndian

from courses.media.sanitising import pictures

QUALITY: Final = 82
MAX_SIDE: Final = 4096


@dataclass(frozen=True, slots=True)
class Preset:
    """A window with a stable name: `default`, `soft_tissue`, `lung`, `bone` or `brain`."""

    name: str
    centre: float
    width: float


@dataclass(frozen=True, slots=True)
class Description:
    """What a viewer needs to know. `centre`, `width`, `low` and `high` are in the units of the modality (CT: HU);
    `is_colour` pictures have no window. `low` and `high` are the least and the largest value of all frames.
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


# The windows radiologists' textbooks give for Hounsfield units.
PRESETS: Final = {
    "CT": (
        Preset("soft_tissue", 40.0, 400.0),
        Preset("lung", -600.0, 1500.0),
        Preset("bone", 400.0, 1800.0),
        Preset("brain", 40.0, 80.0),
    ),
}


def describe(source: Path | BinaryIO) -> Description:
    """Reads the head of one of our own clean files. `source`: seekable. Raises ValueError for others."""
    with _opened(source) as file:
        data_set = _head(file)
    modality, is_colour = str(data_set.get("Modality") or ""), int(data_set.SamplesPerPixel) == 3
    low, high = (0.0, 255.0) if is_colour else _range(data_set)
    centre, width = ((low + high) / 2, high - low) if is_colour else _window(data_set, 0)
    presets = () if is_colour else (Preset("default", centre, width), *PRESETS.get(modality, ()))
    return Description(
        frames=int(data_set.get("NumberOfFrames") or 1),
        modality=modality,
        rows=int(data_set.Rows),
        columns=int(data_set.Columns),
        is_colour=is_colour,
        centre=centre,
        width=width,
        low=low,
        high=high,
        presets=presets,
    )


def render(source: Path | BinaryIO, *, frame: int, centre: float | None, width: float | None, size: int) -> bytes:
    """A JPEG of one frame (from 0) whose longer side is at most `size` pixels; reads that frame alone.

    `centre` and `width` in the units of the modality; without either, the default window. `source`: seekable. Raises
    ValueError for a frame that is not there, a `width` below 1 and a file that is not ours.
    """
    if not 1 <= size <= MAX_SIDE or (width is not None and not width >= 1):
        raise ValueError("size or width")
    with _opened(source) as file:
        data_set = _head(file)
        stored = _frame(file, data_set, frame)
    shown = _shown(data_set, stored, frame=frame, centre=centre, width=width)
    return pictures.jpeg(shown, side=size, quality=QUALITY)[0]


def picture(data_set: Dataset, *, frame: int) -> Image.Image:
    """The frame of a clean data set in memory, in RGB, at its default window."""
    raw, size = data_set.PixelData, _frame_bytes(data_set)
    stored = _array(data_set, raw[frame * size : (frame + 1) * size])
    return _shown(data_set, stored, frame=frame, centre=None, width=None)


@contextmanager
def _opened(source: Path | BinaryIO) -> Iterator[BinaryIO]:
    if isinstance(source, Path):
        with source.open("rb") as file:
            yield file
    else:
        source.seek(0)
        yield source


def _head(file: BinaryIO) -> Dataset:
    try:
        data_set = dcmread(file, stop_before_pixels=True)
    except InvalidDicomError as error:
        raise ValueError("not a clean file") from error
    if (
        data_set.file_meta.get("TransferSyntaxUID") != ExplicitVRLittleEndian
        or "PatientIdentityRemoved" not in data_set
    ):
        raise ValueError("not a clean file")
    return data_set


def _frame_bytes(data_set: Dataset) -> int:
    return int(data_set.Rows * data_set.Columns * data_set.SamplesPerPixel * data_set.BitsAllocated // 8)


def _frame(file: BinaryIO, data_set: Dataset, frame: int) -> npt.NDArray[Any]:
    """The pixels are the last element of a clean file, so they are counted from its end."""
    frames, size = int(data_set.get("NumberOfFrames") or 1), _frame_bytes(data_set)
    if not 0 <= frame < frames:
        raise ValueError("frame")
    total = size * frames
    file.seek(-(total + total % 2) + frame * size, os.SEEK_END)
    return _array(data_set, file.read(size))


def _array(data_set: Dataset, raw: bytes) -> npt.NDArray[Any]:
    kind = "i" if data_set.PixelRepresentation else "u"
    array = np.frombuffer(raw, f"<{kind}{data_set.BitsAllocated // 8}")
    shape = (data_set.Rows, data_set.Columns)
    return array.reshape((*shape, 3) if data_set.SamplesPerPixel == 3 else shape)


def _shown(
    data_set: Dataset, stored: npt.NDArray[Any], *, frame: int, centre: float | None, width: float | None
) -> Image.Image:
    if stored.ndim == 3:
        return _square(data_set, Image.fromarray(stored, "RGB"))
    default = _window(data_set, frame)
    slope, intercept = rescale(data_set, frame)
    function = str(_of_frame(data_set, frame, "FrameVOILUTSequence", "VOILUTFunction") or "LINEAR")
    values = stored.astype(np.float32) * slope + intercept
    grey = _windowed(values, default[0] if centre is None else centre, default[1] if width is None else width, function)
    if data_set.PhotometricInterpretation == "MONOCHROME1":
        grey = 1.0 - grey
    return _square(data_set, Image.fromarray((grey * 255.0 + 0.5).astype(np.uint8), "L")).convert("RGB")


def _windowed(values: npt.NDArray[Any], centre: float, width: float, function: str) -> npt.NDArray[Any]:
    """From 0 to 1. The three functions of C.11.2.1.2 and C.11.2.1.3."""
    if function == "SIGMOID":
        exponent = np.clip(-4.0 * (values - centre) / width, -80.0, 80.0)
        return np.asarray(1.0 / (1.0 + np.exp(exponent)))
    if function == "LINEAR":
        centre, width = centre - 0.5, width - 1.0
    if width <= 0:
        return np.asarray(values > centre, dtype=values.dtype)
    return np.clip((values - centre) / width + 0.5, 0.0, 1.0)


def _square(data_set: Dataset, image: Image.Image) -> Image.Image:
    """Makes pixels that are not square so, by their spacing or their ratio: rows first, then columns."""
    sides = data_set.get("PixelSpacing") or data_set.get("PixelAspectRatio") or (1, 1)
    ratio = float(sides[0]) / float(sides[1]) if len(sides) == 2 and float(sides[1]) else 1.0
    if abs(ratio - 1.0) < 0.01 or not 0.2 < ratio < 5.0:
        return image
    return image.resize((image.width, max(1, round(image.height * ratio))), Image.Resampling.BILINEAR)


def _of_frame(data_set: Dataset, frame: int, group: str, keyword: str) -> Any:
    """An attribute of a frame: from its own functional group, those of all frames, or the data set itself."""
    own = data_set.get("PerFrameFunctionalGroupsSequence") or []
    for holder in (*own[frame : frame + 1], *(data_set.get("SharedFunctionalGroupsSequence") or [])):
        for item in holder.get(group) or []:
            if item.get(keyword) is not None:
                return item.get(keyword)
    return data_set.get(keyword)


def has_window(data_set: Dataset) -> bool:
    return _own_window(data_set, 0) is not None


def rescale(data_set: Dataset, frame: int) -> tuple[float, float]:
    """Slope and intercept that make a stored value one of the modality's units."""
    group = "PixelValueTransformationSequence"
    slope, intercept = (_of_frame(data_set, frame, group, word) for word in ("RescaleSlope", "RescaleIntercept"))
    return (1.0 if slope is None else float(slope)), float(intercept or 0)


def _first(value: Any) -> float:
    return float(value[0] if hasattr(value, "__len__") and not isinstance(value, str) else value)


def _own_window(data_set: Dataset, frame: int) -> tuple[float, float] | None:
    group = "FrameVOILUTSequence"
    centre, width = (_of_frame(data_set, frame, group, word) for word in ("WindowCenter", "WindowWidth"))
    if centre is None or width is None or _first(width) < 1:
        return None
    return _first(centre), _first(width)


def _window(data_set: Dataset, frame: int) -> tuple[float, float]:
    """Centre and width: the file's own, else all it has."""
    low, high = _range(data_set)
    return _own_window(data_set, frame) or ((low + high + 1) / 2, max(2.0, high - low + 1))


def _range(data_set: Dataset) -> tuple[float, float]:
    """The least and the largest value, in the units of the modality. Clean files say them, but for 32 bits there is no
    place: of those it is the ends of the window.
    """
    low, high = data_set.get("SmallestImagePixelValue"), data_set.get("LargestImagePixelValue")
    if low is None or high is None:
        centre, width = _own_window(data_set, 0) or (0.0, 1.0)
        return centre - width / 2, centre + width / 2
    slope, intercept = rescale(data_set, 0)
    ends = sorted((low * slope + intercept, high * slope + intercept))
    return float(ends[0]), float(ends[1])
