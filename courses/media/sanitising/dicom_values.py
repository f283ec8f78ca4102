"""Copies single attributes of a DICOM data set, when they say what they may."""

import math
from typing import Any, Final

import numpy as np
from pydicom import Dataset
from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.multival import MultiValue
from pydicom.sequence import Sequence

from courses.media.sanitising.dicom_terms import ALLOWED, NUMBERS

_DIGITS: Final = 7  # significant ones kept of a number: enough for any distance, too few for eight letters as a double
_LUT_ENDS: Final = (0.02, 0.98)  # of a table's range of output; what lies between is its window


def copy(source: Dataset, target: Dataset, keyword: str) -> None:
    """Sets `keyword` in `target` to the same words or numbers, written anew, or leaves it out."""
    tag = tag_for_keyword(keyword) or 0
    try:
        values = _values(source.get(keyword))
        words = ALLOWED.get(keyword)
        clean = _words(values, words) if words else _numbers(values, *NUMBERS[keyword], vr=_vr(source, keyword))
    except Exception:  # not what its representation promises
        return
    if clean:
        target.add_new(tag, _vr(source, keyword), clean[0] if len(clean) == 1 else clean)


def copy_sequence(
    source: Dataset,
    target: Dataset,
    keyword: str,
    inner: dict[str, tuple[str, ...]] | tuple[str, ...],
    *,
    most: int,
) -> None:
    """Sets the sequence `keyword` in `target` to at most `most` items that hold `inner` alone."""
    try:
        items = list(source.get(keyword) or [])[:most]
        copies = [_item(item, inner) for item in items]
    except Exception:  # no sequence at all, or one that cannot be read
        return
    if copies:
        target.add_new(tag_for_keyword(keyword) or 0, "SQ", Sequence(copies))


def _item(item: Dataset, inner: dict[str, tuple[str, ...]] | tuple[str, ...]) -> Dataset:
    copied = Dataset()
    for keyword in inner:
        if isinstance(inner, dict):
            copy_sequence(item, copied, keyword, inner[keyword], most=1)
        else:
            copy(item, copied, keyword)
    return copied


def _vr(source: Dataset, keyword: str) -> str:
    vr = dictionary_VR(keyword)
    if vr in ("US or SS", "US or SS or OW"):
        return "SS" if int(source.get("PixelRepresentation") or 0) else "US"
    return vr


def _values(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, (MultiValue, list, tuple)) else [value]


def _words(values: list[Any], allowed: frozenset[str]) -> list[str]:
    """All of them when the first is allowed; those that are not become OTHER, so that the places stay."""
    said = [str(value).strip().upper() for value in values[:8]]
    if "OTHER" in allowed:
        return [word if word in allowed else "OTHER" for word in said]
    return said if all(word in allowed for word in said) else []


def _numbers(values: list[Any], most: int, largest: float, *, vr: str) -> list[Any]:
    numbers = [float(value) for value in values]
    if len(numbers) > most or any(not math.isfinite(number) or abs(number) > largest for number in numbers):
        return []
    if vr in ("IS", "US", "SS", "UL", "SL"):
        return [int(number) for number in numbers]
    rounded = [float(f"{number:.{_DIGITS}g}") for number in numbers]
    return [f"{number:.{_DIGITS}g}" for number in rounded] if vr == "DS" else rounded


def window_of_lut(source: Dataset, target: Dataset) -> None:
    """Sets the linear window that comes closest to the VOI table of `source`, where it has one (PS3.3 C.11.2.1.1).

    The table itself goes: it is sixteen bits wide and as long as a page of text.
    """
    try:
        item = source["VOILUTSequence"].value[0]
        count, first, _bits = (int(value) for value in item.LUTDescriptor)
        data = item.LUTData
        table = np.frombuffer(data, "<u2") if isinstance(data, bytes) else np.asarray(data)
        table = table[: count or 65_536].astype(float)
        low, high = (table.min() + end * np.ptp(table) for end in _LUT_ENDS)
        inside = np.flatnonzero((table >= low) & (table <= high))
        set_window(target, first + float(inside[0]), first + float(inside[-1]))
    except Exception:  # no table, or a broken one
        return


def set_window(target: Dataset, low: float, high: float) -> None:
    """Sets the window that shows `low` as black and `high` as white, in the units of the modality (C.11.2.1.2.1)."""
    target.WindowCenter = f"{(low + high + 1) / 2:.{_DIGITS}g}"
    target.WindowWidth = f"{max(2.0, high - low + 1):.{_DIGITS}g}"
