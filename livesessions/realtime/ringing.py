"""Ringing the doorbell from a process in which nobody is connected: a command, a worker, a server that is idle.

What is rung after has been committed. So a layer that is away or does not answer costs one caller two seconds at most,
and the callers of the next five seconds nothing; the rooms notice by their counters, or when they look at rights again.
"""

import asyncio
import logging
import threading
import time
from typing import Any, Final

from channels.layers import InMemoryChannelLayer, get_channel_layer

from livesessions.realtime import groups
from livesessions.realtime.doorbell import PATIENCE
from web.readiness import Report

logger = logging.getLogger(__name__)

PAUSE: Final = 5.0  # seconds in which a layer that did not answer is left alone


class Ringer:
    """A loop in a thread of its own: the loop of a request may be busy, or gone."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._guard = threading.Lock()
        self._away_until = 0.0

    def ring(self, room: str, item: dict[str, Any]) -> None:
        """Tell the room's group, if there is anybody else who could hear. Never raises."""
        layer = get_channel_layer()
        if layer is None or isinstance(layer, InMemoryChannelLayer) or time.monotonic() < self._away_until:
            return
        message = {"type": "room.bell", "room": room, "from": "", "items": [item]}
        try:
            sending = asyncio.run_coroutine_threadsafe(_within_patience(layer, room, message), self._running())
            sending.result(2 * PATIENCE)
        except Exception as error:
            self._away_until = time.monotonic() + PAUSE
            logger.warning("the channel layer did not answer: %r", error)

    def report(self) -> Report:
        """How the layer is; `shared` tells whether there is one between servers at all. Raises what it raises."""
        layer = get_channel_layer()
        is_shared = layer is not None and not isinstance(layer, InMemoryChannelLayer)
        if is_shared:
            asking = _within_patience(layer, "health", {"type": "room.none"})
            asyncio.run_coroutine_threadsafe(asking, self._running()).result(2 * PATIENCE)
        return Report(facts={"shared": is_shared})

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._guard:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="ringer", daemon=True).start()
            return self._loop


async def _within_patience(layer: Any, room: str, message: dict[str, Any]) -> None:
    await asyncio.wait_for(layer.group_send(groups.bell(room), message), PATIENCE)


_ringer = Ringer()
ring, report = _ringer.ring, _ringer.report
