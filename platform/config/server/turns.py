"""Pages take turns: so many are made at once, the others wait in order of arrival, and whoever waits too long is told.

Each page under way is a thread with a connection to the database. Without a bound a storm takes all connections, and
whoever comes by gets an error. What is sent (POST, PUT) has half of the places, so that in a storm of registrations
everybody who only reads is served between them; and what waits for the file store a quarter, for it may hang.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final
from weakref import WeakKeyDictionary

from web.away import NO_TURN

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_READS: Final = ("GET", "HEAD", "OPTIONS")
_FILES: Final = ("/media/at/", "/uploads/")  # where the file store is waited for
_REFUSED_AT_ONCE: Final = 4  # pages that say so


class Lanes:
    """The places of one event loop."""

    def __init__(self, at_once: int) -> None:
        self.all = asyncio.Semaphore(at_once)
        self.writes = asyncio.Semaphore(max(1, at_once // 2))
        self.files = asyncio.Semaphore(max(1, at_once // 4))
        self.refusals = asyncio.Semaphore(_REFUSED_AT_ONCE)
        self.waiting = 0


class Turns:
    """Runs `application` when it is the request's turn. One that waited for `patience` seconds, or finds `waiting`
    others before it, is run with NO_TURN in its scope: it must not touch the database.

    `free` are beginnings of paths that need no turn.
    """

    def __init__(
        self, application: Any, *, at_once: int, waiting: int, patience: float, free: tuple[str, ...] = ()
    ) -> None:
        self._application = application
        self._at_once, self._waiting, self._patience = at_once, waiting, patience
        self._free = free
        self._lanes: WeakKeyDictionary[asyncio.AbstractEventLoop, Lanes] = WeakKeyDictionary()

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["path"].startswith(self._free):
            await self._application(scope, receive, send)
            return
        lanes = self._lanes.setdefault(asyncio.get_running_loop(), Lanes(self._at_once))
        held = contextlib.AsyncExitStack()
        is_asked = False

        async def received() -> Message:
            nonlocal is_asked
            message = await receive()
            if not is_asked and message["type"] == "http.request" and not message.get("more_body"):
                is_asked = True  # the whole body is here: a slow one holds no place
                await self._take(lanes, held, scope)
            return message

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                await held.aclose()  # the page is made: a slow reader holds no place either
            await send(message)

        async with held:
            await self._application(scope, received, sent)

    async def _take(self, lanes: Lanes, held: contextlib.AsyncExitStack, scope: Any) -> None:
        if lanes.waiting < self._waiting:
            lanes.waiting += 1
            try:
                async with asyncio.timeout(self._patience):
                    if scope["path"].startswith(_FILES):
                        await held.enter_async_context(lanes.files)
                    elif scope["method"] not in _READS:
                        await held.enter_async_context(lanes.writes)
                    await held.enter_async_context(lanes.all)
                    return
            except TimeoutError:
                await held.aclose()
            finally:
                lanes.waiting -= 1
        scope[NO_TURN] = True
        await held.enter_async_context(lanes.refusals)
