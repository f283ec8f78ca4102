"""The hub of a process: its rooms, its doorbell, its threads to the database, its clockwork."""

import asyncio
import contextlib
import logging
import random
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from livesessions.attendance.actions import spans
from livesessions.realtime import doorbell, groups, joins, protocol, reactions, writer
from livesessions.realtime.database import DatabaseThread, Grouper
from livesessions.realtime.doorbell import Doorbell, Item
from livesessions.realtime.identity import Refused, Visitor
from livesessions.realtime.presence import Presence
from livesessions.realtime.protocol import Close
from livesessions.realtime.room_hub import RoomHub
from livesessions.realtime.sockets import Socket
from livesessions.room.actions import rooms
from livesessions.room.queries import journal
from livesessions.room.queries.members import Member
from livesessions.room.rules.limits import Bucket, Limit
from shared import clock
from shared.clock import iso, now
from shared.errors import DomainError

logger = logging.getLogger(__name__)


class Hub:
    """One per process and event loop; `current()` finds it, `start()` is called by the first connection."""

    def __init__(self) -> None:
        self.rooms: dict[str, RoomHub] = {}
        self.is_draining = False
        self.gone = 0  # connections that have ended, since the start
        self.reader = DatabaseThread("room-reader")
        self.facts = DatabaseThread("room-facts")
        self.commits = DatabaseThread("room-writer")
        self.joins: Grouper[joins.Join, joins.Joined] = Grouper(self.reader, joins.admit)
        self.writer: Grouper[writer.Job, writer.Answer] = Grouper(self.commits, writer.commit)
        self.presence = Presence(self.facts)
        rate = settings.ROOM_HELLOS_PER_SECOND
        self._door = Bucket(Limit(rate=rate, burst=rate), time.monotonic())
        self._opening: dict[str, asyncio.Task[RoomHub | None]] = {}
        self.doorbell = Doorbell(lambda room, item: self.hear(room, item))
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Start the clockwork."""
        clockwork = (self._listen, self._sync, self._watch, self._write_presence)
        self._tasks = [asyncio.create_task(self._forever(step)) for step in clockwork]
        self._tasks.append(asyncio.create_task(self._tidy()))

    async def room(self, public_id: str) -> RoomHub | None:
        """The room, opened when it is the first visit; None when there is no such session."""
        if room := self.rooms.get(public_id):
            return room
        if public_id not in self._opening:
            self._opening[public_id] = asyncio.create_task(self._open(public_id))
        try:
            return await asyncio.shield(self._opening[public_id])
        finally:
            self._opening.pop(public_id, None)

    async def join(self, room: RoomHub, visitor: Visitor, device: str) -> tuple[Member, dict[str, Any]]:
        """Who comes in, and their own state. Raises Refused."""
        joined = await self.joins.submit(
            joins.Join(room.pk, visitor.person, device, now(), visitor.link, visitor.browser)
        )
        if joined.is_over:
            raise Refused(Close.ROOM_OVER)
        if joined.member is None:
            raise Refused(Close.FORBIDDEN)
        return joined.member, joined.me

    @property
    def connections(self) -> int:
        """Open ones, of all rooms."""
        return sum(len(room.sockets) for room in list(self.rooms.values()))

    def has(self, room: RoomHub) -> bool:
        """Whether this is still the room of its name: news reaches no other."""
        return self.rooms.get(room.public_id) is room

    def admit(self) -> None:
        """Let one more hello in. Raises `busy` when more come than this process can welcome at once."""
        if wait := self._door.take(time.monotonic()):
            raise DomainError("busy", retry=True, after_ms=int(wait * 1000) + random.randint(1, 1000))  # noqa: S311

    def _count_gone(self) -> None:
        self.gone += 1

    def forget(self, room: RoomHub) -> None:
        """Drop a room that nobody is in, or that must be read anew."""
        room.stop()
        if self.has(room):
            del self.rooms[room.public_id]
            self.doorbell.unsubscribe(room.public_id)
        if not self.rooms:
            clock.release()

    def hear(self, room: str, item: Item) -> None:
        """News of a commit, of this process or another, in the loop's thread. What is not understood is lost news:
        the counters tell.
        """
        try:
            for known in self._all_of(room):
                reactions.apply(known, item)
        except Exception:
            logger.exception("room %s: news that was not understood", room)

    def _all_of(self, room: str) -> list[RoomHub]:
        if room == groups.HOUSE:
            return list(self.rooms.values())
        return [self.rooms[room]] if room in self.rooms else []

    async def drain(self) -> None:
        """Say bye to everybody, finish what is being committed, write the last facts."""
        self.is_draining = True
        sockets = [socket for room in self.rooms.values() for socket in room.sockets]
        for socket in sockets:
            socket.say(protocol.bye(int(random.uniform(0, settings.ROOM_DRAIN_SECONDS) * 1000), "restart"))  # noqa: S311
        await self.writer.idle()
        await asyncio.sleep(0)  # the last answers are queued
        for socket in sockets:
            socket.close(Close.GOING_AWAY)
            self.presence.ended(socket.key)
        await self.presence.flush()

    async def stop(self) -> None:
        """End the clockwork and close the connections to the database."""
        await _end(self._tasks, patience=0)
        for room in list(self.rooms.values()):
            self.forget(room)
        await _end(self.doorbell.ringing, patience=doorbell.PATIENCE)
        await self.writer.idle()
        await self.joins.idle()
        for thread in (self.reader, self.facts, self.commits):
            await thread.close()

    async def _open(self, public_id: str) -> RoomHub | None:
        room = await self.reader.run(rooms.for_session, public_id)
        if room is None:
            return None
        self.doorbell.subscribe(public_id)
        room_seq, desk_seq, epoch = await self.reader.run(journal.top, room.pk)
        tops = {"desk": desk_seq, "room": room_seq}  # in the order in which they are sent: see Socket.streams
        opened = RoomHub(
            pk=room.pk,
            public_id=public_id,
            epoch=epoch,
            tops=tops,
            reader=self.reader,
            forget=self.forget,
            gone=self._count_gone,
        )
        clock.hold()  # the machine's clock may be set now: attendance goes on evenly
        return self.rooms.setdefault(public_id, opened)

    async def _forever(self, step: Callable[[], Awaitable[None]]) -> None:
        """A fault in one round is logged and the next round goes on: nobody else would start the clockwork again."""
        while True:
            try:
                await step()
            except Exception as error:
                logger.exception("the hub stumbled in %s: %r", step.__name__, error)
                await asyncio.sleep(1)

    async def _listen(self) -> None:
        await self.doorbell.listen(self.rooms)

    async def _sync(self) -> None:
        """Compare every room's counters with the database, and let go of rooms that are empty."""
        await asyncio.sleep(settings.ROOM_SYNC_SECONDS)
        for room in [room for room in self.rooms.values() if room.is_idle]:
            self.forget(room)
        if not self.rooms:
            return
        try:
            tops = await self.reader.run(journal.tops, [room.pk for room in self.rooms.values()])
        except DatabaseError as error:
            logger.warning("the rooms' counters were not read: %s", error)
            return
        for room in list(self.rooms.values()):
            if room.pk in tops:
                room_seq, desk_seq, epoch = tops[room.pk]
                room.learn_top({"room": room_seq, "desk": desk_seq}, epoch)
                room.ephemeral.refresh()

    async def _watch(self) -> None:
        """Once a second: ping who is due, close who is silent or stalled, ask again what people may do."""
        await asyncio.sleep(min(1.0, settings.ROOM_PING_SECONDS / 4))
        at = iso(now())
        for room in list(self.rooms.values()):
            for socket in list(room.sockets):
                self._look_at(socket, at)
            for key in room.stays.over(room.now()):
                self.presence.ended(key)
            reactions.recheck_due(room)

    def _look_at(self, socket: Socket, at: str) -> None:
        clock = socket.room.now()
        silent = clock - socket.last_frame_at
        pinged_at = socket.unanswered_since
        unanswered = pinged_at is not None and clock - pinged_at > settings.ROOM_BEAT_SECONDS
        stalled = socket.budget.stalled_since
        if silent > settings.ROOM_SILENCE_SECONDS or unanswered:
            socket.close(Close.NO_BEAT)
        elif stalled is not None and clock - stalled > settings.ROOM_STALL_SECONDS:
            socket.close(Close.TOO_SLOW)
        elif clock - socket.pinged_at >= settings.ROOM_PING_SECONDS and socket.closing is None:
            socket.ping(at)

    async def _write_presence(self) -> None:
        """Write the attendance facts once a tick, and tell the rooms that their headcount may be another."""
        await asyncio.sleep(settings.ATTENDANCE_TICK_SECONDS)
        pks = await self.presence.flush()
        for room in self.rooms.values():
            if room.pk in pks:
                room.ephemeral.presence_changed()

    async def _tidy(self) -> None:
        """Once, at the start: end what a process that was killed left open."""
        with contextlib.suppress(DatabaseError):
            await self.facts.run(spans.close_stale, now(), 3 * settings.ROOM_SILENCE_SECONDS)


async def _end(tasks: Iterable[asyncio.Task[None]], patience: float) -> None:
    """Wait so many seconds, then cancel, and again: a client of the layer may take a cancellation for a timeout."""
    pending = set(tasks)
    if pending and patience:
        _, pending = await asyncio.wait(pending, timeout=patience)
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=0.5)


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """The hub of the running loop, started when it is the first call."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
        _hubs[loop].start()
    return _hubs[loop]


def running() -> Hub | None:
    """The hub of this process, asked from any thread; None while nobody is connected."""
    return next((hub for loop, hub in _hubs.items() if loop.is_running()), None)


async def close() -> None:
    """Stop and forget the hub of the running loop."""
    if hub := _hubs.pop(asyncio.get_running_loop(), None):
        await hub.stop()
