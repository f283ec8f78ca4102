"""A connection that speaks docs/protocol.md, as far as a load needs it."""

import re
import time
from typing import Final

import msgspec

from tests.load.bench import wire
from tests.load.bench.links import Link
from tests.load.client import BEAT_BYTES, SUBPROTOCOL

_SEQ: Final = b'"seq":'
_TALLIES: Final = b'"tallies"'
_DIGITS: Final = re.compile(rb"\d+")


class _Ok(msgspec.Struct):
    """Of hello's answer; everything else in it, and in a write's, is skipped, not built."""

    epoch: str = ""
    mode: str = ""
    top: dict[str, int] = {}


class _Err(msgspec.Struct):
    code: str
    after_ms: int = 0


class _Reply(msgspec.Struct):
    re: int
    ok: _Ok | None = None
    err: _Err | None = None


_decode: Final = msgspec.json.Decoder(_Reply).decode


class RoomLink(Link):
    """Answers pings, confirms every 64 KiB, and keeps what a resume needs."""

    subprotocol = SUBPROTOCOL

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.first = self.seat.last  # the seq after which deliveries were counted
        self.tallies: list[int] = []  # when tallies came, ns
        self.last_tallies = b""
        self._asked: dict[int, int] = {}  # unanswered commands: when each was sent, ns
        self._since_beat = 0

    @property
    def has_hole(self) -> bool:  # type: ignore[override]
        """Whether more entries were numbered than messages came; true as well where entries of other kinds came."""
        return self.seat.last - self.first != self.deliveries

    def greet(self) -> None:
        hello = {"id": 0, "do": "hello", "epoch": self.seat.epoch, "since": {}, "device": self.seat.device}
        if self.seat.epoch:
            hello["since"] = {"room": self.seat.last}
        self.write(wire.masked(msgspec.json.encode(hello)))

    def message(self, number: int, text: str) -> bytes:
        return self.command(number, "chat.post", b'"text":"%s"' % text.encode())

    def command(self, number: int, do: str, fields: bytes) -> bytes:
        """The frame of a command that writes; its answer is timed."""
        self._asked[number] = time.monotonic_ns()
        head = b'{"id":%d,"do":"%s","cid":"%s-%012x",' % (number, do.encode(), self.swarm.run, number)
        return wire.masked(head + fields + b"}")

    def text(self, buffer: bytearray, start: int, stop: int) -> None:
        kind = buffer[start + 2 : start + 4]  # every frame is an object and begins with its kind
        if kind == b"ev":
            self.heard(buffer, start, stop)
            at = buffer.rfind(_SEQ, start, stop) + len(_SEQ)
            digits = _DIGITS.match(buffer, at, stop)
            if digits:
                self.seat.last = int(digits[0])
        elif kind == b"re":
            self._replied(buffer, start, stop)
        elif kind == b"ep":
            if buffer.find(_TALLIES, start, stop) >= 0:
                self.tallies.append(time.monotonic_ns())
                self.last_tallies = bytes(buffer[start:stop])
        elif kind == b"pi":
            return self._beat()
        elif kind == b"by":
            after = _DIGITS.search(buffer, start, stop)
            self.seat.bye_ms = int(after[0]) if after else 0
        self._since_beat += stop - start
        if self._since_beat >= BEAT_BYTES:
            self._beat()
        return None

    def _beat(self) -> None:
        self._since_beat = 0
        self.write(wire.masked(b'{"do":"beat","seen":{"room":%d}}' % self.seat.last))

    def _replied(self, buffer: bytearray, start: int, stop: int) -> None:
        reply = _decode(self.swarm.view[start:stop])
        if reply.re == 0:
            self._answered(reply)
            return
        asked = self._asked.pop(reply.re, 0)
        if reply.err:
            self.swarm.refused[reply.err.code] += 1
            self.in_flight -= 1
        else:
            self.swarm.acks.append(time.monotonic_ns() - asked)
        if reply.re == self.swarm.wanted_answer:
            self.swarm.answer = bytes(self.swarm.view[start:stop])

    def _answered(self, reply: _Reply) -> None:
        """Hello was answered, or has to be said again."""
        if reply.ok:
            if self.seat.epoch != reply.ok.epoch:
                self.seat.last = reply.ok.top.get("room", 0)
            self.seat.epoch = reply.ok.epoch
            self.swarm.modes[reply.ok.mode] += 1
            self.first = self.seat.last
            self.swarm.arrived(self)
        elif reply.err:
            self.swarm.refused[reply.err.code] += 1
            self.swarm.later(reply.err.after_ms / 1000, self.greet)
