"""A client's way to the server: opened from here or from elsewhere, given up when silent, hurried when told so."""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.protocol import State

SUBPROTOCOL: Final = "anfiteatro.v1"
# Seconds, as in the browser's client: without a frame, for the answer to a probe. And for an opening.
SILENCE: Final = 45.0
PROBE: Final = 5.0
OPENING: Final = 20.0

Dial = Callable[[str, int], Awaitable[socket.socket]]


class Line:
    """One connection at a time. `dial` connects its socket, where it is not to start from this network namespace."""

    def __init__(self, origin: str) -> None:
        self.dial: Dial | None = None
        self._origin = origin
        self._ws: ClientConnection | None = None
        self._heard_at = 0.0
        self._opening: asyncio.Timeout | None = None
        self._hurry = asyncio.Event()

    async def open(self, address: str) -> ClientConnection:
        """Raises OSError (TimeoutError among them), InvalidHandshake, ConnectionClosed."""
        options: dict[str, Any] = {"subprotocols": [SUBPROTOCOL], "origin": self._origin}
        limits: dict[str, Any] = {"max_size": None, "ping_interval": None, "open_timeout": None, "close_timeout": 2}
        try:
            async with asyncio.timeout(OPENING) as self._opening:
                if self.dial:
                    url = urlsplit(address)
                    options["sock"] = await self.dial(url.hostname or "", url.port or 80)
                ws = await connect(address, compression=None, proxy=None, **options, **limits)
        finally:
            self._opening = None
        self._ws = ws
        self._hurry.clear()
        self.heard()
        self._watch(ws)
        return ws

    def heard(self) -> None:
        """A frame came."""
        self._heard_at = time.monotonic()

    async def rest(self, seconds: float) -> None:
        """Wait before the next connection; not when it is hurried."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._hurry.wait(), seconds)
        self._hurry.clear()

    def probe(self) -> None:
        """The network may be back: an opening has a few seconds from now, so has an open connection to bring a frame,
        and what comes after either does not wait.
        """
        self._hurry.set()
        loop = asyncio.get_running_loop()
        if self._opening:
            self._opening.reschedule(loop.time() + PROBE)
        elif self._ws:
            loop.call_later(PROBE, self._judge, self._ws, time.monotonic())

    def _judge(self, ws: ClientConnection, probed_at: float) -> None:
        if ws is self._ws:
            if self._heard_at < probed_at:
                ws.transport.abort()
            else:
                self._hurry.clear()

    def _watch(self, ws: ClientConnection) -> None:
        """Give the connection up when it has been silent for too long; otherwise look again when it could be. Who does
        not read hears no silence.
        """
        if ws is not self._ws or ws.state is State.CLOSED:
            return
        left = self._heard_at + SILENCE - time.monotonic()
        if left <= 0 and ws.transport.is_reading():
            ws.transport.abort()
        else:
            asyncio.get_running_loop().call_later(left if left > 0 else SILENCE, self._watch, ws)
