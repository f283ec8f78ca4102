"""Makes a screenshot's PNG lighter without anybody seeing it: pure Python, for the few pictures that need it."""

import struct
import zlib
from collections.abc import Iterator
from typing import Final

_HEAD: Final = b"\x89PNG\r\n\x1a\n"
_EVEN: Final = bytes(value & 0xFE for value in range(256))


def lighten(png: bytes) -> bytes:
    """The same picture with the lowest bit of every colour cleared: browsers dither gradients, and noise weighs.

    For what a browser writes: eight bits a channel, RGB, not interlaced; anything else raises ValueError.
    """
    parts = dict(_chunks(png))
    width, height, *kind = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    if kind != [8, 2, 0, 0, 0]:
        raise ValueError("not a plain RGB picture")
    data = zlib.decompress(b"".join(body for name, body in _chunks(png) if name == b"IDAT"))
    rows = b"".join(b"\0" + row.translate(_EVEN) for row in _rows(data, width * 3, height))
    return _HEAD + _chunk(b"IHDR", parts[b"IHDR"]) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_HEAD)
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _rows(data: bytes, width: int, height: int) -> Iterator[bytes]:
    """Undo the filters of the PNG standard (section 9.2); `width` in bytes."""
    above = bytearray(width)
    for number in range(height):
        start = number * (width + 1)
        row, how = bytearray(data[start + 1 : start + 1 + width]), data[start]
        for at in range(width if how else 0):
            left, corner = (row[at - 3], above[at - 3]) if at >= 3 else (0, 0)
            row[at] = (row[at] + _guess(how, left, above[at], corner)) & 0xFF
        yield bytes(row)
        above = row


def _guess(how: int, left: int, up: int, corner: int) -> int:
    if how == 1:
        return left
    if how == 2:
        return up
    if how == 3:
        return (left + up) // 2
    by_left, by_up, by_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    if by_left <= by_up and by_left <= by_corner:
        return left
    return up if by_up <= by_corner else corner
