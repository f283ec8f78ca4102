"""One open connection as the hub sees it: where it stands in each stream, and how much it still may be sent."""

import asyncio
import logging
import random
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID, uuid4

from django.conf import settings

from livesessions.attendance.actions.spans import SpanFact
from livesessions.attendance.models import SpanSource
from livesessions.realtime import eager, protocol
from livesessions.realtime.budget import PING, Budget
from livesessions.realtime.protocol import Close
from livesessions.room.queries.members import Member
from shared.clock import now

logger = logging.getLogger(__name__)

Send = Callable[[str], Awaitable[None]]
Shut = Callable[[int], Awaitable[None]]

FIRST_ENTRIES = 8
FIRST_CHUNK = 1024  # bytes; on a link that dies every few kB the first frame must arrive, after hello's answer
LARGEST_CHUNK = 65_536
_GOODBYE_SECONDS = 5.0  # for the last frames to leave, where the server holds them back
_MOST_BUDGETS = 6  # unconfirmed, replies included; with the defaults 1.5 MiB


class Room(Protocol):
    """What a socket needs of its room."""

    pk: int
    public_id: str
    sent: dict[str, int]  # per stream, how far those at the head have been sent

    def now(self) -> float:
        """Seconds of the steady clock."""

    async def entries_after(self, stream: str, seq: int, limit: int) -> list[str]:
        """At most `limit` entries after `seq`."""


@dataclass(frozen=True, slots=True)
class Frame:
    """An encoded frame, shared by all who receive it."""

    text: str
    size: int

    @classmethod
    def of(cls, text: str) -> "Frame":
        return cls(text, len(text.encode()))


class Socket:
    """The hub never waits for it: a frame the server does not take at once is queued, and sent by a task of the
    socket's own; once the budget is spent nothing is queued any more, the journal is the queue then.
    """

    def __init__(
        self,
        *,
        room: Room,
        member: Member,
        device: str,
        send: Send,
        shut: Shut,
        browser: str = "",
        drop: Callable[[], None] | None = None,
    ):
        self.room = room
        self.member = member
        self.device = device
        self.browser = browser  # the key of the browser's session: signed out there, it ends here
        self.key: UUID = uuid4()  # names this stay in the attendance facts
        self.cursor: dict[str, int] = {}
        self.budget = Budget(settings.ROOM_BUDGET_BYTES)
        self.last_frame_at = room.now()
        # Those who came together are not pinged together, nor do they all answer at once.
        self.pinged_at = self.last_frame_at - random.uniform(0, settings.ROOM_PING_SECONDS)  # noqa: S311
        self.unanswered_since: float | None = None  # the first ping without a sign of life after it
        self.closing: int | None = None
        self._send, self._shut, self._drop = send, shut, drop
        self._queue: deque[Frame] = deque()
        self._sender: asyncio.Task[None] | None = None  # of the frames the server did not take at once
        self._is_sending = False
        self._goodbye: asyncio.TimerHandle | None = None
        self._catcher: asyncio.Task[None] | None = None  # waits for the journal
        self._is_catching_up = False

    @property
    def streams(self) -> tuple[str, ...]:
        """Desk first: a question is the desk's before it is the room's, and a client hears so in this order."""
        return ("desk", "room") if self.member.is_staff else ("room",)

    def fact(self, source: SpanSource = SpanSource.SOCKET) -> SpanFact:
        """The beginning of this stay, for the attendance."""
        at = now()
        return SpanFact(self.key, self.room.pk, self.member.pk, self.member.channel, source, at, at)

    def push(self, stream: str, after: int, upto: int, frame: Frame) -> None:
        """Entries (after, upto] of a stream as one shared frame, if that is just what this socket lacks and it still
        has budget. Otherwise it catches up at its own pace.
        """
        if self.closing is not None or self.cursor.get(stream, upto) >= upto:
            return
        if not self._is_catching_up and self.cursor[stream] == after and not self.budget.is_spent:
            self._push_now(stream, upto, frame)
        else:
            self.catch_up()

    def say(self, text: str) -> None:
        """A reply or another frame that must arrive. Who asks on and on without reading the answers is shown out."""
        if self.closing is None:
            self._enqueue(Frame.of(text))
            if self.budget.unconfirmed > _MOST_BUDGETS * settings.ROOM_BUDGET_BYTES:
                self.close(Close.TOO_SLOW)

    def mention(self, frame: Frame) -> None:
        """Something ephemeral: dropped first when the client is slow."""
        if self.closing is None and self.cursor and self.budget.has_room_for_extras:
            self._enqueue(frame)

    def ping(self, now_iso: str) -> None:
        self.pinged_at = self.room.now()
        self.unanswered_since = self.unanswered_since or self.pinged_at
        frame = Frame.of(protocol.ping({s: self.cursor.get(s, 0) for s in self.streams}, now_iso))
        self._enqueue(frame, seq=PING)

    def heard(self) -> None:
        """Any frame from the client is a sign of life."""
        self.last_frame_at, self.unanswered_since = self.room.now(), None

    def seen(self, seen: dict[str, int]) -> None:
        """A beat's confirmation frees budget; whoever was behind goes on."""
        self.budget.seen(seen)
        if self._is_behind:
            self.catch_up()

    def catch_up(self) -> None:
        """Send what the others have and this one lacks, small frames first, as far as the budget goes. No further, or
        it would be out of step with them and get no shared frame any more.
        """
        if not self._is_catching_up and self.closing is None and self._is_behind:
            self._is_catching_up = True
            self._catcher = eager.start(self._catch_up())

    def close(self, code: Close) -> None:
        """Say goodbye after what is queued. The first reason wins. Who does not even read the goodbye is dropped."""
        if self.closing is None:
            self.closing = int(code)
            self._wake()
            if self._is_sending and self._drop:
                self._goodbye = asyncio.get_running_loop().call_later(_GOODBYE_SECONDS, self._drop)

    def leave_seat_to(self, device: str) -> None:
        """An attendee follows on one device; staff may use several."""
        if self.device != device and not self.member.is_staff:
            self.close(Close.REPLACED)

    def gone(self) -> None:
        """The connection is no more: stop the tasks."""
        self.closing = self.closing or int(Close.SERVER_ERROR)
        self._queue.clear()
        if self._goodbye:
            self._goodbye.cancel()
        for task in (self._sender, self._catcher):
            if task:
                task.cancel()

    @property
    def _is_behind(self) -> bool:
        return any(cursor < self.room.sent[stream] for stream, cursor in self.cursor.items())

    def _push_now(self, stream: str, upto: int, frame: Frame) -> None:
        self.cursor[stream] = upto
        self._enqueue(frame, stream, upto)

    def _enqueue(self, frame: Frame, stream: str = "", seq: int = 0) -> None:
        self.budget.sent(frame.size, self.room.now(), stream, seq)
        self._queue.append(frame)
        self._wake()

    def _wake(self) -> None:
        if not self._is_sending:
            self._is_sending = True
            self._sender = eager.start(self._drain())

    async def _drain(self) -> None:
        try:
            while self._queue:
                await self._send(self._queue.popleft().text)
            if self.closing is not None:
                await self._shut(self.closing)
        except Exception:  # the peer is gone; the server tells the consumer so by a disconnect
            self._queue.clear()
        finally:
            self._is_sending = False

    async def _catch_up(self) -> None:
        chunk = FIRST_CHUNK
        try:
            for stream in self.streams:
                while (lacks := self.room.sent[stream] - self.cursor[stream]) > 0 and not self.budget.is_spent:
                    most = min(lacks, FIRST_ENTRIES if chunk == FIRST_CHUNK else 200)
                    wires = await self.room.entries_after(stream, self.cursor[stream], most)
                    if not wires or self.closing is not None:
                        return
                    taken = as_many_as_fit(wires, chunk)
                    frame = Frame.of(protocol.ev(taken))
                    self._push_now(stream, self.cursor[stream] + len(taken), frame)
                    chunk = min(chunk * 2, LARGEST_CHUNK)
        except Exception as error:  # the database is away: the next push or beat tries again
            logger.warning("room %s: somebody could not be caught up: %s", self.room.public_id, error)
            return
        finally:
            self._is_catching_up = False
        if not self.budget.is_spent and self._is_behind:
            self.catch_up()  # something was written to the first stream while we were at the second


def as_many_as_fit(wires: list[str], size: int) -> list[str]:
    """The first entries that together stay below `size` bytes; at least one."""
    total = 0
    for count, wire in enumerate(wires):
        total += len(wire.encode())
        if total > size and count:
            return wires[:count]
    return wires
