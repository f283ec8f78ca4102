"""The requests in hand, so that a server that leaves can finish them, or tell who waits that it will not."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from config.server.headers import added_to

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_CLOSE: Final = (b"connection", b"close")
_GIVEN_UP: Final = [_CLOSE, (b"content-length", b"0"), (b"retry-after", b"5")]


class Requests:
    """The application around the site's own: `count` requests are being answered.

    While `is_leaving`, every answer ends its connection: the next request goes to a server that stays.
    """

    def __init__(self, application: Any) -> None:
        self._application = application
        self._in_hand: set[_Request] = set()
        self.is_leaving = False

    @property
    def count(self) -> int:
        return len(self._in_hand)

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        request = _Request(self, send)
        self._in_hand.add(request)
        try:
            await self._application(scope, receive, request.send)
        finally:
            self._in_hand.discard(request)

    async def give_up(self) -> None:
        """Answer 503 to those that were not answered yet. What the application still says to them is not sent."""
        for request in list(self._in_hand):
            await request.give_up()


class _Request:
    def __init__(self, requests: Requests, send: Send) -> None:
        self._requests, self._send = requests, send
        self._has_begun = self._is_given_up = False

    async def send(self, message: Message) -> None:
        if self._is_given_up:
            return
        if message["type"] == "http.response.start":
            self._has_begun = True
            if self._requests.is_leaving:
                kept = [pair for pair in message.get("headers", []) if pair[0].lower() != b"connection"]
                message = {**message, "headers": [*kept, _CLOSE]}
        await self._send(message)

    async def give_up(self) -> None:
        self._is_given_up = True
        if not self._has_begun:
            await self._send({"type": "http.response.start", "status": 503, "headers": added_to(_GIVEN_UP)})
            await self._send({"type": "http.response.body", "body": b""})
