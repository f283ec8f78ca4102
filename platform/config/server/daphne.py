"""Daphne with a drain, and with connections that write at once."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server
from twisted.internet.defer import Deferred

from config.server.autobahn_logging import hush
from config.server.daphne_requests import bound
from config.server.shutdown import show_out
from config.server.transport import make_eager

logger = logging.getLogger(__name__)


class DrainingServer(Server):  # type: ignore[misc]
    """Daphne's own server stops at once; this one shows people out first."""

    def __init__(self, *args: Any, stop_worker: Callable[[], None], **options: Any):
        super().__init__(*args, **options)
        self._stop_worker = stop_worker
        self._ports: list[Any] = []

    def listen_success(self, port: Any) -> None:
        self._ports.append(port)
        make_eager(port)
        if len(self._ports) == 1:
            bound(self.http_factory)
        super().listen_success(port)

    def kill_all_applications(self) -> Deferred[Any]:
        """Called by Twisted before it shuts down; the shutdown waits for the result."""
        draining = Deferred.fromFuture(asyncio.ensure_future(show_out(self._stop_worker, self._close_ports)))
        draining.addErrback(lambda failure: logger.error("the drain failed: %s", failure))
        return draining.addCallback(lambda _: super(DrainingServer, self).kill_all_applications())

    def _close_ports(self) -> None:
        for port in self._ports:
            port.stopListening()


def run(application: Any, *, host: str, port: int, backlog: int, stop_worker: Callable[[], None]) -> None:
    """Serve until told to stop."""
    hush()
    endpoints = [f"{each}:backlog={backlog}" for each in build_endpoint_description_strings(host=host, port=port)]
    DrainingServer(
        application,
        stop_worker=stop_worker,
        endpoints=endpoints,
        server_name="anfiteatro",
        # A proxy in front is told apart by configuration, not by trust in headers.
        proxy_forwarded_address_header=None,
        websocket_handshake_timeout=20,  # in a join storm the last ones wait for the others
        websocket_timeout=-1,  # it goes by the wall clock: were that set, all would be closed; the hub watches them
        ping_interval=20,
        ping_timeout=60,
    ).run()
