"""The frames of docs/protocol.md as plain values: decoding what comes in, encoding what goes out."""

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Annotated, Any, TypeVar
from uuid import UUID

import msgspec

SUBPROTOCOL = "anfiteatro.v1"


class Close(IntEnum):
    """Close codes. Up to 4499 a client reconnects, from 4500 on it does not."""

    GOING_AWAY = 4001
    SERVER_ERROR = 4002
    TICKET_EXPIRED = 4003
    TOO_SLOW = 4004
    NO_BEAT = 4006
    FLOODING = 4007
    BAD_FRAME = 4500
    NOT_SIGNED_IN = 4501
    NO_HELLO = 4502
    FORBIDDEN = 4503
    TOO_MANY_SOCKETS = 4504
    VERSION = 4505
    ROOM_OVER = 4506
    REPLACED = 4508


class BadFrame(Exception):
    """Not a frame at all: the client is broken and is closed with 4500."""


class BadFields(Exception):
    """A frame whose command is known and whose fields are wrong: answered, not closed."""


class Envelope(msgspec.Struct, frozen=True):
    """What every command has. `id` echoes in the reply; without one there is no reply (a beat)."""

    do: str
    id: int | None = None
    cid: UUID | None = None


class Hello(msgspec.Struct, frozen=True):
    """The first frame. `since` holds the last applied seq per stream."""

    epoch: str | None = None
    since: dict[str, int] = msgspec.field(default_factory=dict)
    device: Annotated[str, msgspec.Meta(pattern=r"^[ -~]{0,64}$")] = ""
    profile: str = "full"


class Beat(msgspec.Struct, frozen=True):
    """A sign of life; `seen` confirms everything up to these seqs."""

    seen: dict[str, int] = msgspec.field(default_factory=dict)


class History(msgspec.Struct, frozen=True):
    """Ask for what follows `since` in one stream."""

    st: str
    since: Annotated[int, msgspec.Meta(ge=0, le=2**53)]


Frame = dict[str, Any]
T = TypeVar("T")
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder()


def decode(text: str, *, max_bytes: int, max_depth: int) -> tuple[Envelope, Frame]:
    """The envelope and the whole object. Raises BadFrame for what is no JSON object with a `do`, is longer than
    `max_bytes` in UTF-8 or nested deeper than `max_depth`.
    """
    try:
        raw = text.encode()
        if len(raw) > max_bytes:
            raise BadFrame("too long")
        frame = _decoder.decode(raw)
        if not isinstance(frame, dict) or depth(frame) > max_depth:
            raise BadFrame("no object, or too deep")
        return msgspec.convert(frame, Envelope), frame
    except (UnicodeEncodeError, msgspec.MsgspecError, RecursionError) as error:
        raise BadFrame(str(error)) from error


def depth(value: object) -> int:
    """How deep objects and arrays are nested; a scalar is 0."""
    level, layer = 0, [value]
    while layer := [v for v in layer if isinstance(v, dict | list)]:
        level += 1
        layer = [child for v in layer for child in (v.values() if isinstance(v, dict) else v)]
    return level


def fields(frame: Frame, into: type[T]) -> T:
    """The command's own fields. Raises BadFields."""
    try:
        return msgspec.convert(frame, into)
    except msgspec.ValidationError as error:
        raise BadFields(str(error)) from error


def payload(frame: Frame) -> bytes:
    """What makes two commands the same: everything but the echoed `id` and the `cid`, keys in order."""
    return msgspec.json.encode({k: v for k, v in frame.items() if k not in {"id", "cid"}}, order="deterministic")


def ok(re: int, body: Mapping[str, Any]) -> str:
    return _text({"re": re, "ok": body})


def err(re: int, code: str, *, retry: bool = False, after_ms: int = 0) -> str:
    return _text({"re": re, "err": {"code": code, "retry": retry, "after_ms": after_ms}})


def ev(wires: Iterable[str]) -> str:
    """A durable push of entries that are encoded already."""
    return '{"ev":[' + ",".join(wires) + "]}"


def eph(body: Mapping[str, Any]) -> str:
    return _text({"eph": body})


def ping(top: Mapping[str, int], now: str) -> str:
    return _text({"ping": {"top": top, "now": now}})


def bye(after_ms: int, why: str) -> str:
    return _text({"bye": {"after_ms": after_ms, "why": why}})


def raw(wires: Iterable[str]) -> msgspec.Raw:
    """Entries that are encoded already, as a JSON array inside another frame."""
    return msgspec.Raw(("[" + ",".join(wires) + "]").encode())


def encode(value: Any) -> bytes:
    return _encoder.encode(value)


def _text(value: Any) -> str:
    return _encoder.encode(value).decode()
