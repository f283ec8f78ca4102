"""All connections of the load generator in one epoll loop."""

import heapq
import itertools
import random
import re
import secrets
import select
import socket
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from typing import Any, Final

from tests.load.bench.links import MARK, Link, PlainLink, Seat, State
from tests.load.bench.room_link import RoomLink

KINDS: Final[dict[str, type[Link]]] = {"room": RoomLink, "plain": PlainLink}
_BUFFER: Final = 8 * 1024 * 1024
_EVENTS: Final = 2_048  # taken from the kernel at once
_FIRST_FINAL_CODE: Final = 4500
_SENT_AT: Final = re.compile(re.escape(MARK) + rb"(\d+)@")


class Swarm:
    """`links` are those that have not been closed. `latencies` and `acks` are nanoseconds."""

    def __init__(self, kind: str) -> None:
        self.buffer = bytearray(_BUFFER)
        self.view = memoryview(self.buffer)
        self.run = f"{secrets.token_hex(4)}-{secrets.token_hex(2)}-4000-8000".encode()
        self.links: dict[int, Link] = {}
        self.latencies: list[int] = []
        self.acks: list[int] = []
        self.closes: Counter[int] = Counter()
        self.deaf_closes: Counter[int] = Counter()  # of those who had stopped reading
        self.refused: Counter[str] = Counter()
        self.modes: Counter[str] = Counter()  # how hellos were answered: replay or snapshot
        self.wanted_answer = 0
        self.answer = b""  # the frame that answered the command of that number
        self.posts = 0
        self.padding = ""
        self.up = 0
        self.comes_back = False
        self._kind = KINDS[kind]
        self._poll = select.epoll()
        self._watched: dict[int, Callable[[], None]] = {}
        self._timers: list[tuple[float, int, Callable[[], None]]] = []
        self._ticket = itertools.count()
        self._waiting: deque[Seat] = deque()
        self._opening = 0
        self._at_once = 0

    def watch(self, file: int, then: Callable[[], None]) -> None:
        """Call `then` whenever this file can be read."""
        self._watched[file] = then
        self._poll.register(file, select.EPOLLIN)

    def later(self, seconds: float, then: Callable[[], None]) -> None:
        heapq.heappush(self._timers, (time.monotonic() + seconds, next(self._ticket), then))

    def turn(self, until: float) -> None:
        """Wait for news until this instant of the steady clock at the latest, and deal with all of it."""
        now = time.monotonic()
        wake = min(until, self._timers[0][0]) if self._timers else until
        for file, events in self._poll.poll(max(0.0, wake - now), _EVENTS):
            link = self.links.get(file)
            if link is None:
                if then := self._watched.get(file):
                    then()
                continue
            if events & select.EPOLLOUT:
                link.writable()
            if events & ~select.EPOLLOUT and link.state not in (State.OPENING, State.CLOSED):
                link.readable()
        while self._timers and self._timers[0][0] <= time.monotonic():
            heapq.heappop(self._timers)[2]()

    def spin(self, seconds: float, until: Callable[[], bool] = lambda: False) -> bool:
        """Go on for so long, or until something is so; whether it came to be so."""
        deadline = time.monotonic() + seconds
        while not (done := until()) and time.monotonic() < deadline:
            self.turn(deadline)
        return done

    def seat(self, seats: Iterable[Seat], at_once: int) -> None:
        """Open a connection for each, so many under way at a time."""
        self._waiting.extend(seats)
        self._at_once = at_once
        while self._waiting and self._opening < at_once:
            self._open(self._waiting.popleft())

    def keep(self, link: Link) -> None:
        """Take care of a link that is about to connect."""
        self.links[link.sock.fileno()] = link
        self._poll.register(link.sock, select.EPOLLOUT)

    def listen(self, link: Link, *, writing: bool = False) -> None:
        """Hear when it can be read, or, while something waits to be sent, when it can be written."""
        self._poll.modify(link.sock, select.EPOLLIN | select.EPOLLOUT if writing else select.EPOLLIN)

    def deaf(self, link: Link) -> None:
        """Stop reading from it, as a client does whose machine is asleep; the kernel keeps little in its stead."""
        link.is_deaf = True
        link.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._poll.modify(link.sock, 0)

    def arrived(self, link: Link) -> None:
        """It is in the room."""
        link.state = State.UP
        self.up += 1
        link.seat.deaths = 0
        self._opened()

    def lost(self, link: Link, code: int) -> None:
        """Closed with this code, 0 when it never came about. Comes back as the protocol says, if that is asked for."""
        if link.state is State.CLOSED:
            return
        if link.state is State.UP:
            self.up -= 1
        else:
            self._opened()
        (self.deaf_closes if link.is_deaf else self.closes)[code] += 1
        self._drop(link)
        seat = link.seat
        if self.comes_back and code < _FIRST_FINAL_CODE:
            seat.deaths += 1
            later = random.uniform(0, 3 if seat.deaths == 1 else min(30, 2**seat.deaths))
            if seat.bye_ms is not None:
                later, seat.bye_ms = seat.bye_ms / 1000, None
            self.later(later, lambda: self._open(seat))

    def leave(self) -> None:
        """Close everything without a word."""
        self._waiting.clear()
        self._timers.clear()
        for link in list(self.links.values()):
            self._drop(link)
        self.up = self._opening = 0

    def sample(self, frame: bytes) -> None:
        """Note how long each message in it has been under way."""
        now = time.monotonic_ns()
        self.latencies += [now - int(sent) for sent in _SENT_AT.findall(frame)]

    def count(self) -> dict[str, int]:
        """Sums over all connections so far."""
        links = self.links.values()
        return {
            "deliveries": sum(link.deliveries for link in links),
            "frames": sum(link.frames for link in links),
            "bytes": sum(link.received for link in links),
            "sent": sum(link.sent for link in links),
            "posts": self.posts,
        }

    def told(self) -> dict[str, Any]:
        """What went wrong so far."""
        return {"closes": dict(self.closes), "refused": dict(self.refused)}

    def _open(self, seat: Seat) -> None:
        link = self._kind(self, seat)
        self.keep(link)
        self._opening += 1
        if not link.open():
            self.lost(link, 0)

    def _opened(self) -> None:
        self._opening -= 1
        if self._waiting and self._opening < self._at_once:
            self._open(self._waiting.popleft())

    def _drop(self, link: Link) -> None:
        link.state = State.CLOSED
        del self.links[link.sock.fileno()]
        self._poll.unregister(link.sock)
        link.sock.close()
