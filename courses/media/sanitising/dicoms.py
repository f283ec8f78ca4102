"""DICOM: the basic profile of PS3.15 and then only what is needed to show and read the picture, in a fresh file."""

import warnings
from pathlib import Path
from typing import Any, Final

import numpy as np
from dicomanonymizer.simpledicomanonymizer import anonymize_dataset, dictionary, initialize_actions
from pydicom import Dataset, dcmread
from pydicom.datadict import keyword_for_tag, tag_for_keyword
from pydicom.dataset import FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.tag import BaseTag
from pydicom.uid import (
    UID,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    SecondaryCaptureImageStorage,
    generate_uid,
)

from courses.media.sanitising import dicom_pixels, dicom_values, pictures, windows
from courses.media.sanitising.dicom_pixels import Pixels
from courses.media.sanitising.dicom_terms import ALLOWED, LIKELY_BURNED_IN, SEQUENCES, TOP, UIDS
from courses.media.sanitising.limits import Limits
from courses.media.sanitising.results import Clean, File, Kind

MEDIA_TYPE: Final = "application/dicom"
PROFILE: Final = "dicomfields_2026c"
METHOD: Final = "PS3.15 Annex E Basic Profile 2026c, then an allow-list"
_EMPTY: Final = (  # type 2: every image has them, with nothing in them
    *("PatientName", "PatientID", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime"),
    *("AccessionNumber", "ReferringPhysicianName", "StudyID", "SeriesNumber"),
)
_REPORTED: Final = 600  # attributes named at most
_WINDOW_PERCENTILES: Final = (0.5, 99.5)
_PIXEL_TAG: Final = 0x7FE00010


def clean(source: Path, out: Path, limits: Limits) -> Clean:
    """Writes `image.dcm`, and `large.jpg`, `small.jpg`, `thumb.jpg` of its middle frame. Raises Refused, and what
    pydicom raises.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydicom quotes the values it warns of
        original = _read(source)
        pixels = dicom_pixels.read(original, limits, source)
        kept = _kept(original, pixels)
        removed = _removed(original, kept)
        _write(kept, out / "image.dcm")
        frames, rows, columns = pixels.array.shape[:3]
        middle = windows.picture(kept, frame=frames // 2)
    size = (out / "image.dcm").stat().st_size
    return Clean(
        kind=Kind.DICOM,
        media_type=MEDIA_TYPE,
        files=(File("image.dcm", MEDIA_TYPE, size, columns, rows), *pictures.write_sizes(middle, out)),
        removed=removed,
        width=columns,
        height=rows,
        frames=frames,
        burned_in=_burned_in(original),
    )


def _read(source: Path) -> Dataset:
    data_set = dcmread(source, force=True)
    meta = getattr(data_set, "file_meta", None) or FileMetaDataset()
    data_set.file_meta = meta
    if not meta.get("TransferSyntaxUID"):
        implicit, little = data_set.original_encoding
        explicit = ExplicitVRLittleEndian if little else ExplicitVRBigEndian
        meta.TransferSyntaxUID = ImplicitVRLittleEndian if implicit else explicit
    return data_set


def _kept(original: Dataset, pixels: Pixels) -> Dataset:
    """A new data set with the allowed attributes alone, after the basic profile, and with the pixels."""
    kept = Dataset()
    for keyword in (*ALLOWED, *TOP):
        dicom_values.copy(original, kept, keyword)
    for keyword, inner in SEQUENCES.items():
        dicom_values.copy_sequence(original, kept, keyword, inner, most=len(pixels.array))
    for keyword in UIDS:
        kept.add_new(tag_for_keyword(keyword) or 0, "UI", str(original.get(keyword) or generate_uid(None)))
    dictionary.clear()  # new names for each file: two files are not to be told as one patient's
    anonymize_dataset(kept, base_rules_gen=lambda: initialize_actions(PROFILE))
    dictionary.clear()
    _fill(kept, original, pixels)
    return kept


def _fill(kept: Dataset, original: Dataset, pixels: Pixels) -> None:
    storage = str(original.get("SOPClassUID") or "")
    kept.SOPClassUID = UID(storage) if UID(storage).type == "SOP Class" else SecondaryCaptureImageStorage
    for keyword in _EMPTY:
        setattr(kept, keyword, None)
    kept.PatientIdentityRemoved = "YES"
    kept.DeidentificationMethod = METHOD
    code = Dataset()
    code.CodeValue = "113100"
    code.CodingSchemeDesignator = "DCM"
    code.CodeMeaning = "Basic Application Confidentiality Profile"
    kept.DeidentificationMethodCodeSequence = Sequence([code])
    if pixels.is_colour or pixels.has_modality_lut:
        for keyword in ("RescaleSlope", "RescaleIntercept", "RescaleType", "PixelPaddingValue"):
            kept.pop(tag_for_keyword(keyword) or 0, None)
    array = pixels.array
    kept.SamplesPerPixel = 3 if pixels.is_colour else 1
    if pixels.is_colour:
        kept.PlanarConfiguration = 0
    kept.PhotometricInterpretation = pixels.photometric
    kept.Rows, kept.Columns = array.shape[1:3]
    if len(array) > 1:
        kept.NumberOfFrames = len(array)
    kept.BitsAllocated = array.dtype.itemsize * 8
    kept.BitsStored = pixels.bits_stored
    kept.HighBit = pixels.bits_stored - 1
    kept.PixelRepresentation = int(np.issubdtype(array.dtype, np.signedinteger))
    if not pixels.is_colour:
        _say_range(kept, original, pixels)
    raw = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<")).tobytes()
    kept.add_new(_PIXEL_TAG, "OB" if array.dtype.itemsize == 1 else "OW", raw + b"\x00" * (len(raw) % 2))


def _say_range(kept: Dataset, original: Dataset, pixels: Pixels) -> None:
    """The least and the largest stored value, and a window where the file brought none."""
    array = pixels.array
    if array.dtype.itemsize <= 2:
        vr = "SS" if kept.PixelRepresentation else "US"
        kept.add_new(tag_for_keyword("SmallestImagePixelValue") or 0, vr, int(array.min()))
        kept.add_new(tag_for_keyword("LargestImagePixelValue") or 0, vr, int(array.max()))
    if windows.has_window(kept):
        return
    dicom_values.window_of_lut(original, kept)
    if not windows.has_window(kept):
        middle = array[len(array) // 2]
        slope, intercept = windows.rescale(kept, len(array) // 2)
        ends = sorted(float(end) * slope + intercept for end in np.percentile(middle, _WINDOW_PERCENTILES))
        dicom_values.set_window(kept, ends[0], ends[1])


def _write(kept: Dataset, path: Path) -> None:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = kept.SOPClassUID
    meta.MediaStorageSOPInstanceUID = kept.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    kept.file_meta = meta
    kept.preamble = b"\x00" * 128
    kept.save_as(path, enforce_file_format=True)


def _burned_in(original: Dataset) -> str:
    """What the file says of text in its pixels, and where it says nothing what its kind of machine usually does."""
    said = str(original.get("BurnedInAnnotation") or "").upper()
    if said == "YES":
        return "yes"
    storage = str(original.get("SOPClassUID") or "")
    is_likely = str(original.get("Modality") or "") in LIKELY_BURNED_IN or storage.startswith(
        SecondaryCaptureImageStorage
    )
    if is_likely:
        return "unknown" if said == "NO" else "yes"
    return "no" if said == "NO" else "unknown"


def _removed(original: Dataset, kept: Dataset) -> tuple[str, ...]:
    """The attributes that are in the one and not in the other, or changed, as "(gggg,eeee) Keyword"."""
    gone = {tag for tag in set(original.keys()) if tag not in kept or tag in _CHANGED}
    gone |= set(original.file_meta.keys()) - _META
    return tuple(_line(tag) for tag in sorted(gone)[:_REPORTED])


_CHANGED: Final = frozenset(BaseTag(tag_for_keyword(keyword) or 0) for keyword in (*UIDS, *_EMPTY))
_META: Final = frozenset(BaseTag(tag) for tag in (0x00020000, 0x00020001, 0x00020002, 0x00020010))


def _line(tag: Any) -> str:
    tag = BaseTag(tag)
    name = "private" if tag.is_private else keyword_for_tag(tag) or "unknown"
    return f"({tag.group:04x},{tag.element:04x}) {name}"
