"""The pixels of a DICOM file as plain numbers: decoded, in grey or RGB, with nothing in the bits that show nothing."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from pydicom import Dataset
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut
from pydicom.pixels.utils import pixel_array
from pydicom.uid import JPEGExtended12Bit

from courses.media.sanitising.limits import Limits
from courses.media.sanitising.results import Refused

Array = npt.NDArray[Any]
_UNDECODABLE: Final = ("1.2.840.10008.1.2.4.10", "1.2.840.10008.1.2.4.2", "1.2.840.10008.1.2.1.98")  # MPEG, HTJ2K, …


@dataclass(frozen=True, slots=True)
class Pixels:
    """`array` is (frames, rows, columns) or (frames, rows, columns, 3), of an integer type of 8, 16 or 32 bits."""

    array: Array
    photometric: str
    bits_stored: int
    has_modality_lut: bool = False

    @property
    def is_colour(self) -> bool:
        return self.array.ndim == 4


def read(data_set: Dataset, limits: Limits, source: Path) -> Pixels:
    """The pixels of the data set that was read from `source`. Raises Refused, and what pydicom raises for a broken
    stream.
    """
    frames = _checked(data_set, limits)
    is_twelve_bits = data_set.file_meta.TransferSyntaxUID == JPEGExtended12Bit and int(data_set.BitsStored) > 8
    array = _by_gdcm(source, data_set, frames) if is_twelve_bits else pixel_array(data_set)
    samples = int(data_set.SamplesPerPixel)
    if frames == 1 and array.ndim == (2 if samples == 1 else 3):
        array = array[np.newaxis]
    photometric = str(data_set.PhotometricInterpretation)
    if photometric == "PALETTE COLOR":
        return Pixels(_eight_bits(apply_color_lut(array, data_set)[..., :3]), "RGB", 8)
    if samples == 3:
        return Pixels(_eight_bits(array, int(data_set.BitsStored)), "RGB", 8)
    if samples != 1 or photometric not in ("MONOCHROME1", "MONOCHROME2"):
        raise Refused("media.broken", "PhotometricInterpretation")
    if data_set.get("ModalityLUTSequence"):
        return Pixels(_integers(apply_modality_lut(array, data_set)), photometric, 16, has_modality_lut=True)
    stored = int(data_set.BitsStored)
    return Pixels(_without_spare_bits(array, stored), photometric, min(stored, array.dtype.itemsize * 8))


def _by_gdcm(source: Path, data_set: Dataset, frames: int) -> Array:
    """Twelve bits of lossy JPEG, which pydicom asks none of its decoders for."""
    import gdcm  # only where it is needed: it takes a while to load

    reader = gdcm.ImageReader()
    reader.SetFileName(str(source))
    if not reader.Read():
        raise Refused("media.broken", "ImageReader")
    text = reader.GetImage().GetBuffer()
    raw = text.encode("utf-8", "surrogateescape") if text else b""
    kind = "i" if int(data_set.PixelRepresentation) else "u"
    shape = (frames, int(data_set.Rows), int(data_set.Columns))
    return np.frombuffer(raw, f"<{kind}2").reshape(shape if frames > 1 else shape[1:])


def _checked(data_set: Dataset, limits: Limits) -> int:
    """The number of frames, when all of them fit into the caps before anything is decoded."""
    if "PixelData" not in data_set:
        raise Refused("media.no_picture")
    if str(data_set.file_meta.TransferSyntaxUID).startswith(_UNDECODABLE):
        raise Refused("media.undecodable")
    rows, columns = int(data_set.Rows), int(data_set.Columns)
    frames = int(data_set.get("NumberOfFrames") or 1)
    samples, bits = int(data_set.SamplesPerPixel), int(data_set.BitsAllocated)
    if min(rows, columns, frames, samples) < 1 or bits not in (1, 8, 16, 32):
        raise Refused("media.broken", "Rows")
    if rows * columns > limits.dicom_pixels:
        raise Refused("media.too_many_pixels")
    if frames > limits.dicom_frames:
        raise Refused("media.too_many_pages")
    if rows * columns * frames * samples * max(1, bits // 8) > limits.dicom_decoded_bytes:
        raise Refused("media.too_large")
    return frames


def _without_spare_bits(array: Array, stored: int) -> Array:
    """Old machines keep overlays, with names in them, in the bits above the picture's: they become its sign or zero."""
    if not np.issubdtype(array.dtype, np.integer):
        raise Refused("media.no_picture", "FloatPixels")
    spare = array.dtype.itemsize * 8 - stored
    if spare <= 0:
        return array
    array = array.copy()
    np.left_shift(array, spare, out=array)
    np.right_shift(array, spare, out=array)  # of a signed type: fills in the sign
    return array


def _eight_bits(array: Array, stored: int | None = None) -> Array:
    spare = (stored or array.dtype.itemsize * 8) - 8
    return (array >> spare if spare > 0 else array).astype(np.uint8)


def _integers(array: Array) -> Array:
    return np.clip(np.rint(array), 0, 65_535).astype(np.uint16)
