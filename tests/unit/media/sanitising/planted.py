"""A word that must not survive, the disguises it may wear, and files that carry it."""

import base64
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

MARKER: Final = "ZQXJKWVMARKER7Q"
ASCII: Final = MARKER.encode()
UTF16LE: Final = MARKER.encode("utf-16-le")
UTF16BE: Final = MARKER.encode("utf-16-be")
HEX: Final = ASCII.hex().encode()
BASE64: Final = base64.b64encode(ASCII)
DISGUISES: Final[dict[str, bytes]] = {
    "ascii": ASCII,
    "utf16le": UTF16LE,
    "utf16be": UTF16BE,
    "hex": HEX,
    "base64": BASE64,
    "zlib": zlib.compress(ASCII * 3),
}
_ZLIB: Final = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
_MOST: Final = 4_000_000  # bytes inflated of one stream


@dataclass(frozen=True, slots=True)
class Planted:
    """A file and the place in it where the marker hides."""

    place: str
    data: bytes


Maker = Callable[[bytes], bytes]


def disguised(place: str, make: Maker, names: tuple[str, ...] = tuple(DISGUISES)) -> Iterator[Planted]:
    """The same place once for every disguise."""
    for name in names:
        yield Planted(f"{place} as {name}", make(DISGUISES[name]))


def _shapes() -> list[bytes]:
    """The marker as it would look in a file: base64 has three alignments, hex two cases."""
    shapes = [ASCII, UTF16LE, UTF16BE, HEX, HEX.upper(), ASCII[::-1]]
    for shift in range(3):
        padded = base64.b64encode(b"\x00" * shift + ASCII)
        shapes.append(padded[4 if shift else 0 : len(padded) - 4])
    return shapes


_SHAPES: Final = re.compile(b"|".join(re.escape(shape) for shape in _shapes()), re.IGNORECASE)


def _inflated(data: bytes, at: int) -> bytes:
    try:
        return zlib.decompressobj(47).decompress(data[at:], _MOST)
    except zlib.error:
        return b""


def holds_marker(data: bytes) -> bool:
    """Whether the marker is in there, in any disguise, plainly or in a zlib or gzip stream."""
    if _SHAPES.search(data):
        return True
    return any(_SHAPES.search(_inflated(data, found.start())) for found in _ZLIB.finditer(data))
