"""What is worth only its last value: who is here, tallies, hands, a person's own state; a few frames a second."""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from typing import Any, Protocol

from django.conf import settings

from livesessions.attendance.queries import sheets
from livesessions.realtime import protocol
from livesessions.realtime.database import DatabaseThread
from livesessions.realtime.sockets import Frame, Socket
from livesessions.room import policies
from livesessions.room.models import Room
from livesessions.room.queries import snapshots
from livesessions.room.queries.members import Member
from shared.clock import now

logger = logging.getLogger(__name__)


class Crowd(Protocol):
    """What it needs of a room: its names, and who is there."""

    pk: int
    public_id: str

    @property
    def sockets(self) -> Collection[Socket]: ...

    @property
    def by_person(self) -> Mapping[str, Collection[Socket]]: ...


class Ephemeral:
    """Remembers what changed and, a few times a second, reads it once and tells everybody who may know."""

    def __init__(self, room: Crowd, reader: DatabaseThread):
        self._room = room
        self._reader = reader
        self._stale: set[str] = set()
        self._own: set[str] = set()
        self._last: dict[str, Any] = {}
        self._task: asyncio.Task[None] | None = None

    def presence_changed(self) -> None:
        self._mark("presence")

    def tallies_changed(self) -> None:
        self._mark("tallies")

    def hands_changed(self) -> None:
        self._mark("hands")
        self._mark("presence")

    def refresh(self) -> None:
        """Somebody may have come, gone or voted in another process while the doorbell was silent."""
        self._stale |= {"presence", "tallies"}
        self._run()

    def greet(self, socket: Socket) -> None:
        """The sums as they were last told, for who has just come in."""
        if self._last:
            socket.mention(Frame.of(protocol.eph(self._last)))
        else:
            self.refresh()

    def own_state_changed(self, person: str) -> None:
        """Tell this person's sockets in this process how their questions, votes and rights stand."""
        if person in self._room.by_person:
            self._own.add(person)
            self._run()

    def stop(self) -> None:
        if self._task:
            self._task.cancel()

    def _mark(self, what: str) -> None:
        self._stale.add(what)
        self._run()

    def _run(self) -> None:
        if self._task is None:
            self._task = asyncio.create_task(self._tell())

    async def _tell(self) -> None:
        pause = 1 / settings.ROOM_EPHEMERAL_PER_SECOND
        try:
            while self._stale or self._own:
                stale, self._stale = self._stale, set()
                own, self._own = self._own, set()
                members = [next(iter(s)).member for person in own if (s := self._room.by_person.get(person))]
                try:
                    everybody, staff, mine = await self._reader.run(self._read, stale, members)
                except Exception as error:  # last value wins: try again with the next pause
                    logger.warning("room %s: %s not read: %s", self._room.public_id, ", ".join(sorted(stale)), error)
                    self._stale |= stale
                    self._own |= own
                else:
                    self._send(everybody, staff, mine)
                await asyncio.sleep(pause)
        finally:
            self._task = None

    def _read(self, stale: set[str], members: list[Member]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        room = Room.objects.select_related("session").get(pk=self._room.pk)
        everybody: dict[str, Any] = {}
        staff: dict[str, Any] = {}
        if stale & {"presence", "hands"}:
            hands = snapshots.hands(room)
            everybody["presence"] = presence(room.pk, len(hands))
            if "hands" in stale:
                staff["hands"] = hands
        if "tallies" in stale:
            everybody["tallies"] = snapshots.tallies(room)
            everybody["poll_tallies"] = snapshots.poll_tallies(room)
        own = snapshots.many_me(room, members) if members else {}
        return everybody, staff, {m.id: {"me": own[m.id], "can": policies.can(m)} for m in members}

    def _send(self, everybody: dict[str, Any], staff: dict[str, Any], mine: dict[str, Any]) -> None:
        news = {key: self._changed(key, value) for key, value in everybody.items()}
        if news := {key: value for key, value in news.items() if value}:
            self._mention(news, lambda is_staff: True)
        if staff:
            self._mention(staff, lambda is_staff: is_staff)
        for person, own in mine.items():
            for socket in self._room.by_person.get(person, ()):
                socket.say(protocol.eph(own))

    def _mention(self, body: dict[str, Any], may_hear: Callable[[bool], bool]) -> None:
        frame = Frame.of(protocol.eph(body))
        for socket in self._room.sockets:
            if may_hear(socket.member.is_staff):
                socket.mention(frame)

    def _changed(self, key: str, value: dict[str, Any]) -> dict[str, Any]:
        """Presence whole when it differs; of tallies only the ones that differ from what was last sent."""
        before, self._last[key] = self._last.get(key), value
        if before is None:
            return value
        if key == "presence":
            return {} if before == value else value
        return {k: v for k, v in value.items() if before.get(k) != v}


def presence(room: int, hands: int) -> dict[str, int]:
    """Distinct people present by channel, and how many hands are up."""
    return {"or": 0, "auditorium": 0, "remote": 0, **sheets.present(room, now()), "hands": hands}
