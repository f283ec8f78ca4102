"""The process's ear and voice on the channel layer: news of commits, from here to the others and back.

A message may be lost, late or doubled. Nothing depends on one: the hub compares counters with the database every few
seconds, and whatever is missing is read from the journal.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Iterable
from typing import Any
from uuid import uuid4

from channels.layers import InMemoryChannelLayer, get_channel_layer

from livesessions.realtime import groups

logger = logging.getLogger(__name__)

PATIENCE = 2.0  # seconds the layer has to answer

Item = dict[str, Any]


class Doorbell:
    """`hear` is called in the loop's thread, with the room's public id and an item of news, whoever told it."""

    def __init__(self, hear: Callable[[str, Item], None]):
        self._loop = asyncio.get_running_loop()
        self._name = uuid4().hex
        self._hear = hear
        self._layer = get_channel_layer()
        # An in-memory layer ends with the process: there is nobody else to ring.
        self.is_alone = isinstance(self._layer, InMemoryChannelLayer)
        self._channel = ""
        self._told: deque[tuple[str, Item]] = deque()
        self._is_awake = False
        self.ringing: set[asyncio.Task[None]] = set()  # what the layer has not taken yet

    def tell(self, room: str, item: Item) -> None:
        """News of a commit of this process, from any thread. The loop is woken once for all that comes together."""
        self._told.append((room, item))
        if not self._is_awake:
            self._is_awake = True
            self._loop.call_soon_threadsafe(self._pass_on)

    def subscribe(self, room: str) -> None:
        """Hear of this room from now on."""
        if self._channel:
            self._beside(self._layer.group_add(groups.bell(room), self._channel))

    def unsubscribe(self, room: str) -> None:
        if self._channel:
            self._beside(self._layer.group_discard(groups.bell(room), self._channel))

    async def listen(self, rooms: Iterable[str]) -> None:
        """Hear the next message of another process. The first time, and after the layer was away, for these rooms."""
        try:
            if not self._channel:
                self._channel = await self._layer.new_channel("hub")
                for room in (groups.HOUSE, *rooms):
                    self.subscribe(room)
            message = await self._layer.receive(self._channel)
        except Exception as error:
            logger.warning("the channel layer is away: %r", error)
            await asyncio.sleep(PATIENCE)
            return
        if message.get("from") != self._name:
            for item in message["items"]:
                self._hear(message["room"], item)

    def _pass_on(self) -> None:
        self._is_awake = False  # first: what is told from here on wakes the loop again
        news: dict[str, list[Item]] = {}
        while self._told:
            room, item = self._told.popleft()
            news.setdefault(room, []).append(item)
        for room, items in news.items():
            if not self.is_alone:
                message = {"type": "room.bell", "room": room, "from": self._name, "items": items}
                self._beside(self._layer.group_send(groups.bell(room), message))
            for item in items:
                self._hear(room, item)

    def _beside(self, coroutine: Coroutine[Any, Any, Any]) -> None:
        """The layer may be down, and nothing waits for it."""

        async def quietly() -> None:
            try:
                await asyncio.wait_for(coroutine, PATIENCE)
            except Exception as error:
                logger.warning("the channel layer did not answer: %r", error)

        task = asyncio.create_task(quietly())
        self.ringing.add(task)
        task.add_done_callback(self.ringing.discard)
