"""One room in one process: its sockets, the recent end of its journal, its cached snapshot.

The rings take entries from three sources (this process's commits, the doorbell, the journal itself) and do not care
which came first; a hole is read from the journal. The flush then hands each new run of entries to all sockets as one
frame, encoded once.
"""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings

from livesessions.realtime import protocol, reactions
from livesessions.realtime.database import DatabaseThread
from livesessions.realtime.ephemeral import Ephemeral
from livesessions.realtime.limits import Allowance
from livesessions.realtime.protocol import Close
from livesessions.realtime.rings import Ring
from livesessions.realtime.sockets import Frame, Socket
from livesessions.realtime.stays import Stays
from livesessions.room.queries import journal
from shared.clock import iso, now

logger = logging.getLogger(__name__)
T = TypeVar("T")

# The part of the time a busy room spends sending; the rest is for what people say, and for the other rooms.
_SENDING_SHARE = 0.4
_ANSWERS_FIRST = 0.001  # seconds: who wrote something reads that it is written before thousands read it
_HEAL_ENTRIES = 1000  # read at once
_LAST_WORDS = 1.0  # seconds between the entry that ends the room and the close


@dataclass(frozen=True, slots=True)
class Inquiry:
    """When somebody's hello was put to the database, and which news of rights were known then."""

    at: str
    rights_news: int


class RoomHub:
    """`pk` is the room's database key, `public_id` its name on the wire and on the layer. `forget` is called when it
    must be read anew, `gone` for every connection that has ended.
    """

    def __init__(
        self,
        *,
        pk: int,
        public_id: str,
        epoch: str,
        tops: dict[str, int],
        reader: DatabaseThread,
        forget: Callable[["RoomHub"], None],
        gone: Callable[[], None],
    ):
        self.pk, self.public_id, self.epoch = pk, public_id, epoch
        self._forget, self._gone = forget, gone
        self.rings = {stream: Ring(top) for stream, top in tops.items()}
        self.sockets: set[Socket] = set()
        self.by_person: defaultdict[str, set[Socket]] = defaultdict(set)
        self.ephemeral = Ephemeral(self, reader)
        self.snapshot: tuple[dict[str, int], float, bytes] | None = None  # tops, when, encoded
        self.snapshot_lock = asyncio.Lock()
        self.allowances: defaultdict[str, Allowance] = defaultdict(Allowance)
        self.polls: dict[str, list[Any]] = {}  # by person: the long polls that wait, the oldest first
        self.checked_at = self.now()
        self.held = 0  # connections being admitted and long polls under way
        self.is_checking = False
        self.rights_news = 0  # how often somebody's rights were asked for again
        self._seats: dict[str, tuple[str, str]] = {}  # by person: the device a seat was moved to, and when
        self.stays = Stays(settings.ROOM_SILENCE_SECONDS)
        self._reader = reader
        self._beside: set[asyncio.Task[None]] = set()
        self._ending: asyncio.TimerHandle | None = None
        self.sent = dict(tops)  # per stream, how far those at the head have been sent
        self._next_flush_at = 0.0
        self._flush: asyncio.TimerHandle | None = None
        self._healing: asyncio.Task[None] | None = None

    @staticmethod
    def now() -> float:
        """Seconds of the steady clock."""
        return time.monotonic()

    @property
    def tops(self) -> dict[str, int]:
        return {stream: ring.top for stream, ring in self.rings.items()}

    @property
    def is_idle(self) -> bool:
        """Nobody is here or about to be."""
        return not self.sockets and not self.held and not self.stays.are_any

    def inquiry(self) -> Inquiry:
        """The moment before the database is asked who somebody is."""
        return Inquiry(iso(now()), self.rights_news)

    def add(self, socket: Socket, inquiry: Inquiry) -> None:
        """From here on it hears everything. What it may have missed since the inquiry is made up for."""
        self.sockets.add(socket)
        self.by_person[socket.member.id].add(socket)
        device, at = self._seats.get(socket.member.id, ("", ""))
        if at > inquiry.at:
            socket.leave_seat_to(device)
        if self.rights_news != inquiry.rights_news:
            reactions.recheck(self, {socket.member.id})

    def seat_taken(self, person: str, device: str, at: str) -> None:
        """News of an attendee's seat, which may come late: the latest hello has it, not the latest news."""
        if at < self._seats.get(person, ("", ""))[1]:
            return
        self._seats[person] = device, at
        for socket in self.by_person.get(person, ()):
            socket.leave_seat_to(device)

    def discard(self, socket: Socket) -> None:
        self._gone()
        self.sockets.discard(socket)
        if theirs := self.by_person.get(socket.member.id):
            theirs.discard(socket)
            if not theirs:
                del self.by_person[socket.member.id]

    def offer(self, stream: str, seq: int, wire: str) -> None:
        """An entry was committed somewhere. It goes out when everything before it is here."""
        ring = self.rings[stream]
        before = ring.top
        ring.offer(seq, wire)
        if ring.top > before:
            self._flush_soon()
        if ring.has_hole:
            self.heal()

    def learn_top(self, tops: dict[str, int], epoch: str) -> None:
        """The room's counters as just read from the database; the missing entries are fetched."""
        if epoch != self.epoch:  # restored from a backup: everybody starts again from a snapshot
            self.close_all(Close.GOING_AWAY)
            self._forget(self)
        elif any(tops[stream] > ring.top for stream, ring in self.rings.items()):
            self.heal()

    def heal(self) -> None:
        """Read from the journal what the doorbell did not bring."""
        if self._healing is None:
            self._healing = asyncio.create_task(self._heal())

    async def read_up(self) -> None:
        """Have here everything that was committed before this call, whatever the doorbell brought so far."""
        if self._healing:  # it may have read before that
            await asyncio.wait([self._healing])
        self.heal()
        if self._healing:
            await asyncio.wait([self._healing])

    async def entries_after(self, stream: str, seq: int, limit: int) -> list[str]:
        """At most `limit` entries after `seq`, from the ring or, when it is too short, from the journal."""
        wires = self.rings[stream].after(seq, limit)
        if wires is None:
            rows = await self._reader.run(journal.since, self.pk, stream, seq, limit)
            wires = [wire for _, wire in rows]
        return wires

    async def read(self, function: Callable[..., T], *args: Any) -> T:
        """Database reading, in the reader's thread."""
        return await self._reader.run(function, *args)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run it beside; a failure is logged and the next minute's check repeats it."""

        async def guarded() -> None:
            try:
                await work
            except Exception as error:
                logger.warning("room %s: %s", self.public_id, error)

        task = asyncio.create_task(guarded())
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)

    def end(self) -> None:
        """The session is over: everybody reads so, then is shown out."""
        if self._ending is None:
            self._ending = asyncio.get_running_loop().call_later(_LAST_WORDS, self.close_all, Close.ROOM_OVER)

    def close_all(self, code: Close) -> None:
        for socket in list(self.sockets):
            socket.close(code)

    def _flush_soon(self) -> None:
        """At once while the room is idle; a busy room gathers, the longer the more time its frames take to send."""
        if self._flush is None:
            delay = max(_ANSWERS_FIRST, self._next_flush_at - self.now())
            self._flush = asyncio.get_running_loop().call_later(delay, self._flush_now)

    def _flush_now(self) -> None:
        self._flush = None
        begun = self.now()
        self._send_news()
        tick = (self.now() - begun) / _SENDING_SHARE
        self._next_flush_at = begun + min(settings.ROOM_TICK_SECONDS, tick)

    def _send_news(self) -> None:
        for stream, ring in self.rings.items():
            after, upto = self.sent[stream], ring.top
            if upto == after:
                continue
            wires = ring.after(after, upto - after)
            self.sent[stream] = upto
            if wires is None:  # more at once than the ring holds: each socket reads for itself
                for socket in self.sockets:
                    socket.catch_up()
                continue
            frame = Frame.of(protocol.ev(wires))
            for socket in self.sockets:
                socket.push(stream, after, upto, frame)
            reactions.obey(self, wires)

    async def _heal(self) -> None:
        try:
            for stream, ring in self.rings.items():
                while rows := await self._reader.run(
                    journal.since, self.pk, stream, ring.top, settings.ROOM_REPLAY_ENTRIES
                ):
                    for seq, wire in rows:
                        ring.offer(seq, wire)
            self._flush_soon()
        except Exception as error:  # the database is away: the next look at the counters tries again
            logger.warning("room %s could not read its journal: %s", self.public_id, error)
        finally:
            self._healing = None

    def stop(self) -> None:
        """Cancel what is scheduled."""
        self.ephemeral.stop()
        if self._flush:
            self._flush.cancel()
        if self._ending:
            self._ending.cancel()
        if self._healing:
            self._healing.cancel()
        for task in self._beside:
            task.cancel()
