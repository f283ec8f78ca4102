"""WebSocket frames by hand: as little work per frame as Python allows, since a generator must outrun the server."""

import base64
import os
import struct
from typing import Final

TEXT: Final = 1
CLOSE: Final = 8
PING: Final = 9
PONG: Final = 10
_FIN: Final = 0x80
_MASKED: Final = 0x80
_NO_MASK: Final = b"\0\0\0\0"  # a legal key that leaves the payload as it is


def masked(payload: bytes, opcode: int = TEXT) -> bytes:
    """A whole frame as a client must send it."""
    size = len(payload)
    if size < 126:
        head = struct.pack("!BB", _FIN | opcode, _MASKED | size)
    elif size < 65_536:
        head = struct.pack("!BBH", _FIN | opcode, _MASKED | 126, size)
    else:
        head = struct.pack("!BBQ", _FIN | opcode, _MASKED | 127, size)
    return head + _NO_MASK + payload


def split(buffer: bytes | bytearray, end: int) -> tuple[list[tuple[int, int, int]], int]:
    """The whole frames in `buffer[:end]`, each as (opcode, start, stop) of its payload, and where the rest begins.

    Frames are taken to be unmasked and unfragmented, as the servers here send them.
    """
    found: list[tuple[int, int, int]] = []
    at = 0
    while at + 2 <= end:
        size, start = buffer[at + 1], at + 2
        if size == 126:
            start += 2
            if start > end:
                break
            size = (buffer[at + 2] << 8) | buffer[at + 3]
        elif size == 127:
            start += 8
            if start > end:
                break
            size = int.from_bytes(buffer[at + 2 : start], "big")
        if start + size > end:
            break
        found.append((buffer[at] & 0x0F, start, start + size))
        at = start + size
    return found, at


def upgrade(host: str, path: str, *, origin: str, subprotocol: str = "") -> bytes:
    """The request that opens a WebSocket."""
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {host}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        "Sec-WebSocket-Version: 13",
        f"Origin: {origin}",
    ]
    if subprotocol:
        lines.append(f"Sec-WebSocket-Protocol: {subprotocol}")
    return "\r\n".join([*lines, "", ""]).encode()
