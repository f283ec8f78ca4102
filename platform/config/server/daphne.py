"""Daphne with a drain, and with connections that write at once: docs/decisions/0018-daphne-first.md."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server
from twisted.internet import reactor
from twisted.internet.defer import Deferred

from config.server.autobahn_logging import hush
from config.server.daphne_requests import BoundedRequest, GuardedSocket, bound
from config.server.requests import Requests
from config.server.shutdown import show_out, while_serving
from config.server.transport import make_eager, unsent
from config.server.watchdog import watch

logger = logging.getLogger(__name__)


class DrainingServer(Server):  # type: ignore[misc]
    """Daphne's own server stops at once, and waits for ever for a page it was making; this one shows people out."""

    def __init__(self, requests: Requests, *, stop_worker: Callable[[], None], **options: Any):
        super().__init__(requests, **options)
        self._requests, self._stop_worker = requests, stop_worker
        self._ports: list[Any] = []
        self.fault = ""

    def listen_success(self, port: Any) -> None:
        self._ports.append(port)
        make_eager(port)
        if len(self._ports) == 1:
            bound(self.http_factory)
            self.ws_factory.protocol = GuardedSocket
        super().listen_success(port)

    def listen_error(self, failure: Any) -> None:
        self.fault = failure.getErrorMessage()
        super().listen_error(failure)

    def kill_all_applications(self) -> Deferred[Any]:
        """Called by Twisted before it shuts down; the shutdown waits for the result."""
        return Deferred.fromFuture(asyncio.ensure_future(self._leave()))

    async def _leave(self) -> None:
        try:
            await show_out(
                self._requests,
                stop_worker=self._stop_worker,
                ports=self._ports,
                close_ports=self._close_ports,
                in_hand=self._in_hand,
            )
        except Exception:
            logger.exception("the drain failed")

    def _close_ports(self) -> None:
        for port in self._ports:
            port.stopListening()

    def _in_hand(self) -> int:
        """Requests from their first line to the last byte of the answer. Daphne collects a whole body before it
        starts the application, and takes a whole answer before the reader has it."""
        begun = sum(
            isinstance(protocol, BoundedRequest) and "disconnected" not in facts
            for protocol, facts in self.connections.items()
        )
        return begun + unsent()


def run(requests: Requests, *, host: str, port: int, backlog: int, stop_worker: Callable[[], None]) -> None:
    """Serve until told to stop. Raises OSError where nobody may listen."""
    hush()
    endpoints = [f"{each}:backlog={backlog}" for each in build_endpoint_description_strings(host=host, port=port)]
    server = DrainingServer(
        requests,
        stop_worker=stop_worker,
        endpoints=endpoints,
        signal_handlers=False,  # ours: Twisted's hears a second signal and does nothing
        server_name="anfiteatro",
        # A proxy in front is told apart by configuration, not by trust in headers.
        proxy_forwarded_address_header=None,
        websocket_handshake_timeout=20,  # in a join storm the last ones wait for the others
        websocket_timeout=-1,  # it goes by the wall clock: were that set, all would be closed; the hub watches them
        ping_interval=20,
        ping_timeout=60,
    )
    reactor.callWhenRunning(lambda: watch(asyncio.get_running_loop()))
    while_serving(lambda: reactor.callFromThread(server.stop))
    server.run()
    if server.fault:
        raise OSError(server.fault)
