"""What every answer tells the browser, whoever made it: a page, a file, a refusal, an error, the server itself.

What an application says itself stands; what it does not say is added. deploy/nginx.conf.template says the same of
nginx's own answers, and a test holds the two together.
"""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Final

from django.conf import settings

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Pair = tuple[bytes, bytes]

# The wall and the door keep their screen awake; nothing of ours asks for more. A photo is taken by the file dialog.
_OFF: Final = (
    "camera",
    "microphone",
    "geolocation",
    "display-capture",
    "payment",
    "usb",
    "serial",
    "bluetooth",
    "midi",
)
HSTS: Final = "max-age=31536000"
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join([*(f"{name}=()" for name in _OFF), "screen-wake-lock=(self)"]),
    "Referrer-Policy": "same-origin",  # a join link must not leak to another site
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def headers() -> dict[str, str]:
    """All of them; over https the browser is told to stay there."""
    return HEADERS | ({"Strict-Transport-Security": HSTS} if settings.HTTPS else {})


def added_to(given: Iterable[Pair]) -> list[Pair]:
    """Headers of an answer, with those that are missing."""
    pairs = [(bytes(name), bytes(value)) for name, value in given]
    there = {name.lower() for name, _ in pairs}
    ours = [(name.lower().encode(), value.encode()) for name, value in headers().items()]
    return [*pairs, *(pair for pair in ours if pair[0] not in there)]


class Guarded:
    """The application around another one: every answer to a request or a refused socket has them."""

    def __init__(self, application: Any) -> None:
        self.inner = application

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        can_answer = "websocket.http.response" in (scope.get("extensions") or {})
        is_open = scope["type"] != "websocket"

        async def guarded(message: Message) -> None:
            nonlocal is_open
            kind = message["type"]
            if kind in ("http.response.start", "websocket.http.response.start"):
                message = {**message, "headers": added_to(message.get("headers", ()))}
            elif kind == "websocket.accept":
                is_open = True
            elif kind == "websocket.close" and not is_open and can_answer:
                head = added_to([(b"content-length", b"0")])
                await send({"type": "websocket.http.response.start", "status": 403, "headers": head})
                message = {"type": "websocket.http.response.body", "body": b""}
            await send(message)

        await self.inner(scope, receive, guarded)
