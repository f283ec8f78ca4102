"""The one kind of `Range` that is answered: a single span of bytes (RFC 9110, section 14)."""

import re
from typing import Final

_SINGLE: Final = re.compile(r"bytes=(\d{0,19})-(\d{0,19})")


class Unsatisfiable(ValueError):
    """The span lies outside the file."""


def wanted(header: str, size: int, most: int) -> tuple[int, int] | None:
    """First byte and the one after the last, at most `most` of them, of a file of `size` bytes; None for no header and
    for those that are not answered: several spans, other units. Raises Unsatisfiable.
    """
    found = _SINGLE.fullmatch(header.replace(" ", ""))
    if not found or found[1] == found[2] == "":
        return None
    if found[1] == "":
        start = max(0, size - int(found[2]))
        if start == size:
            raise Unsatisfiable
        return start, min(size, start + most)
    start = int(found[1])
    end = min(size, int(found[2]) + 1) if found[2] else size
    if found[2] and int(found[2]) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return start, min(end, start + most)
