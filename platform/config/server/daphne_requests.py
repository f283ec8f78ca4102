"""Daphne's requests, which keep no body larger than `config.server.body_limits` allows."""

from typing import Any

from daphne.http_protocol import WebRequest
from daphne.ws_protocol import WebSocketProtocol

from config.server.body_limits import MOST
from config.server.headers import added_to, headers


def _refusal() -> bytes:
    """413, as it goes on the wire."""
    pairs = added_to([(b"connection", b"close"), (b"content-length", b"0")])
    return b"HTTP/1.1 413 Content Too Large\r\n" + b"".join(b"%b: %b\r\n" % pair for pair in pairs) + b"\r\n"


class _Nowhere:
    """What keeps nothing."""

    def write(self, data: bytes) -> None:
        pass

    def close(self) -> None:
        pass


class BoundedRequest(WebRequest):  # type: ignore[misc]
    """Daphne's request; one that is too large is answered 413 and its connection closed before it is kept."""

    _taken = 0
    _is_refused = False

    def gotLength(self, length: int | None) -> None:  # noqa: N802 - Twisted's name
        if length is not None and length > MOST:
            self.content = _Nowhere()
            self._refuse()
        else:
            super().gotLength(length)

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        self._taken += len(data)
        if self._is_refused:
            return
        if self._taken > MOST:  # sent in chunks, without saying how much it would be
            self._refuse()
        else:
            super().handleContentChunk(data)

    def handle_reply(self, message: Any) -> None:
        """An answer that ends its connection has its connection ended: Twisted leaves that to the client.

        Daphne's own errors (a path that is no text) come by here past the application, without our headers.
        """
        if message["type"] == "http.response.start":
            message = {**message, "headers": added_to(message.get("headers", ()))}
            if (b"connection", b"close") in message["headers"]:
                self.channel.persistent = False
        super().handle_reply(message)

    def _refuse(self) -> None:
        self._is_refused = True
        self.channel.transport.write(_refusal())
        self.channel.loseConnection()


class GuardedSocket(WebSocketProtocol):  # type: ignore[misc]
    """Daphne's socket; its refusals tell the browser what every other answer does."""

    def sendHttpErrorResponse(self, code: int, reason: str, responseHeaders: Any = None) -> None:  # noqa: N802, N803
        super().sendHttpErrorResponse(code, reason, [*(responseHeaders or ()), *headers().items()])


def bound(factory: Any) -> None:
    """Have a Twisted HTTP factory make such requests."""
    build = factory.buildProtocol

    def build_bounded(address: Any) -> Any:
        protocol = build(address)
        protocol.requestFactory = BoundedRequest
        return protocol

    factory.buildProtocol = build_bounded
