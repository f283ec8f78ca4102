"""A TCP connection that writes at once.

Twisted's own one buffers what it is given, asks the reactor to be told when the socket is writable, and writes then:
for a room's small frames that is most of the work. This one hands the bytes to the kernel straight away, and only
what the socket does not take waits for the reactor.
"""

from typing import Any

from autobahn.twisted.websocket import WebSocketServerProtocol
from twisted.internet import reactor, tcp


class EagerServer(tcp.Server):  # type: ignore[misc]
    """Used by a listening port in place of `tcp.Server`."""

    _is_waiting = False  # for the reactor: there are bytes of ours, and new ones must stay behind them

    def write(self, data: bytes) -> None:
        if self.connected and not self._is_waiting:
            taken = self.writeSomeData(data)
            if isinstance(taken, int) and taken > 0:  # an error shows again when the reactor writes the rest
                data = data[taken:]
        if data:
            super().write(data)

    def startWriting(self) -> None:  # noqa: N802 - a method of Twisted
        self._is_waiting = True
        super().startWriting()

    def stopWriting(self) -> None:  # noqa: N802
        self._is_waiting = False
        super().stopWriting()


def make_eager(port: Any) -> None:
    """Let a plain TCP port give its connections this transport; any other port stays as it is."""
    if isinstance(port, tcp.Port) and port.transport is tcp.Server:
        port.transport = EagerServer


def unsent() -> int:
    """How many answers of ours wait for a reader: those of requests, no frames of sockets."""
    return sum(
        isinstance(writer, EagerServer) and not isinstance(writer.protocol, WebSocketServerProtocol)
        for writer in reactor.getWriters()
    )
