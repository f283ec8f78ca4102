"""One connection of the load generator: sockets that never block, frames by hand.

A `Link` knows HTTP's upgrade and WebSocket's control frames; what the text frames mean is for its two kinds:
`RoomLink` speaks docs/protocol.md, `PlainLink` a server that sends every message to everybody as a frame of its own.
"""

import errno
import socket
import time
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from tests.load.bench import wire

if TYPE_CHECKING:
    from tests.load.bench.swarm import Swarm

MARK: Final = b"@BENCH@"  # once in the text of every message: what is counted
IP_BIND_ADDRESS_NO_PORT: Final = 24  # Linux: choose the port when connecting, so that addresses can share it
_PORTS_PER_ADDRESS: Final = 5_000


class State(Enum):
    OPENING = auto()
    UPGRADING = auto()
    GREETING = auto()
    UP = auto()
    CLOSED = auto()


@dataclass
class Seat:
    """Somebody who may have one connection after another. `last` and `epoch` are what they come back with."""

    number: int
    host: str
    port: int
    path: str
    ticket: str = ""
    device: str = field(default_factory=lambda: str(uuid4()))
    epoch: str | None = None
    last: int = 0
    deaths: int = 0
    bye_ms: int | None = None


class Link:
    """`deliveries`, `frames`, `received` and `sent` (bytes) are counted from the beginning of the connection."""

    subprotocol = ""
    has_hole = False  # something was skipped

    def __init__(self, swarm: "Swarm", seat: Seat) -> None:
        self.swarm, self.seat = swarm, seat
        self.state = State.OPENING
        self.deliveries = self.frames = self.received = self.sent = 0
        self.is_deaf = False
        self.is_sampled = False
        self.own_mark = b""  # of a poster: what tells its messages
        self.in_flight = 0
        self.window = 0  # how many messages a poster keeps in flight
        self.unsent = b""
        self.sock = socket.socket()
        self.sock.setblocking(False)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock.setsockopt(socket.SOL_IP, IP_BIND_ADDRESS_NO_PORT, 1)
        self.sock.bind((f"127.0.0.{2 + seat.number // _PORTS_PER_ADDRESS}", 0))
        self._carry = b""

    def open(self) -> bool:
        """Begin to connect; whether it may come about."""
        error = self.sock.connect_ex((self.seat.host, self.seat.port))
        return error in (0, errno.EINPROGRESS)

    def writable(self) -> None:
        """The connection is there, or there is room for what waits."""
        if self.state is State.OPENING:
            if self.sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                return self.swarm.lost(self, 0)
            self.state = State.UPGRADING
            place = f"{self.seat.host}:{self.seat.port}"
            path = f"{self.seat.path}?ticket={self.seat.ticket}" if self.seat.ticket else self.seat.path
            self.unsent = wire.upgrade(place, path, origin=f"http://{place}", subprotocol=self.subprotocol)
        waiting, self.unsent = self.unsent, b""
        self.write(waiting)
        if not self.unsent:
            self.swarm.listen(self)
        return None

    def write(self, data: bytes) -> None:
        """Send, or keep what the kernel does not take."""
        if self.unsent:
            self.unsent += data
            return  # `writable` goes on when there is room
        try:
            sent = self.sock.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            return  # the reader hears of it
        self.sent += sent
        if sent < len(data):
            self.unsent = data[sent:]
            self.swarm.listen(self, writing=True)

    def readable(self) -> None:
        """Take all the kernel has, up to the size of the buffer, and every whole frame in it."""
        swarm = self.swarm
        buffer, held = swarm.buffer, len(self._carry)
        if held:
            buffer[:held] = self._carry
            self._carry = b""
        try:
            got = self.sock.recv_into(swarm.view[held:])
        except BlockingIOError:
            self._carry = bytes(swarm.view[:held])
            return
        except OSError:
            got = 0
        if not got:
            swarm.lost(self, 1006)
            return
        self.received += got
        end = held + got
        if self.state is State.UPGRADING:
            end = self._upgraded(end)
        frames, at = wire.split(buffer, end) if self.state is not State.UPGRADING else ([], 0)
        self.frames += len(frames)
        for opcode, start, stop in frames:
            if opcode == wire.TEXT:
                self.text(buffer, start, stop)
            else:
                self._control(opcode, bytes(swarm.view[start:stop]))
        if at < end and self.state is not State.CLOSED:
            self._carry = bytes(swarm.view[at:end])
            if len(self._carry) == len(buffer):
                raise RuntimeError("a frame is larger than the generator's buffer")

    def text(self, buffer: bytearray, start: int, stop: int) -> None:
        """A text frame is `buffer[start:stop]`."""
        raise NotImplementedError

    def greet(self) -> None:
        """The upgrade is done."""
        raise NotImplementedError

    def message(self, number: int, text: str) -> bytes:
        """The frame that posts this text; `number` is the swarm's, for the answer."""
        raise NotImplementedError

    def post(self, at: int = 0) -> None:
        """Post one message; `at` is the instant (ns of the steady clock) that its latency counts from."""
        self.in_flight += 1
        self.swarm.posts += 1
        at = at or time.monotonic_ns()
        tag = self.own_mark.decode() or "@-@"
        self.write(self.message(self.swarm.posts, f"{MARK.decode()}{at}{tag}{self.swarm.padding}"))

    def top_up(self) -> None:
        """Post until the window is full."""
        while self.in_flight < self.window:
            self.post()

    def heard(self, buffer: bytearray, start: int, stop: int) -> int:
        """Count the messages in a frame; the closed loop and the sample look closer."""
        count = buffer.count(MARK, start, stop)
        self.deliveries += count
        if self.is_sampled:
            self.swarm.sample(bytes(self.swarm.view[start:stop]))
        if self.own_mark and (own := buffer.count(self.own_mark, start, stop)):
            self.in_flight -= own
            self.top_up()
        return count

    def _upgraded(self, end: int) -> int:
        """Drop the answer's head from the buffer once it is whole; what is left in it."""
        buffer = self.swarm.buffer
        stop = buffer.find(b"\r\n\r\n", 0, end)
        if stop < 0:
            return end
        if not buffer.startswith(b"HTTP/1.1 101"):
            self.swarm.refused[bytes(buffer[: buffer.find(b"\r")]).decode()] += 1
            self.swarm.lost(self, 0)
            return 0
        buffer[: end - stop - 4] = buffer[stop + 4 : end]
        self.state = State.GREETING
        self.greet()
        return end - stop - 4

    def _control(self, opcode: int, payload: bytes) -> None:
        if opcode == wire.PING:
            self.write(wire.masked(payload, wire.PONG))
        elif opcode == wire.CLOSE:
            code = int.from_bytes(payload[:2], "big") if len(payload) >= 2 else 1005
            self.write(wire.masked(payload[:2], wire.CLOSE))
            self.swarm.lost(self, code)


class PlainLink(Link):
    """No hello, no answers: a message is through when it came back."""

    def greet(self) -> None:
        self.swarm.arrived(self)

    def message(self, number: int, text: str) -> bytes:
        return wire.masked(b'{"kind":"message","by":"somebody","text":"%s"}' % text.encode())

    def text(self, buffer: bytearray, start: int, stop: int) -> None:
        self.heard(buffer, start, stop)
