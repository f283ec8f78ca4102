"""Bodies of requests have a largest size, looked at before anything of them is kept.

A part of a file has at most a mebibyte, everything else is less; and both Daphne and Django keep a whole body on the
disk before they hand it on, whoever sends it.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

MOST: Final = 3 * 1024 * 1024  # bytes; as nginx has it

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class BoundedBodies:
    """Answers 413 before the application reads, and lets one go that turns out too large on the way."""

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        said = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
        if said.isdigit() and int(said) > MOST:
            head = [(b"connection", b"close"), (b"content-length", b"0")]
            await send({"type": "http.response.start", "status": 413, "headers": head})
            await send({"type": "http.response.body", "body": b""})
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            return message if taken <= MOST else {"type": "http.disconnect"}

        await self._application(scope, counted, send)
