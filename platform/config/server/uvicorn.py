"""Uvicorn with the same drain, for rooms larger than Daphne carries: docs/performance.md has the figures."""

import signal
import socket
import sys
from collections.abc import Callable
from typing import Any

import uvicorn

from config.server.shutdown import show_out


class DrainingServer(uvicorn.Server):
    """Uvicorn's own server closes every socket at once; this one shows people out first."""

    def __init__(self, config: uvicorn.Config, stop_worker: Callable[[], None]):
        super().__init__(config)
        self._stop_worker = stop_worker

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await show_out(self._stop_worker, self._close_ports)
        await super().shutdown(sockets)

    def _close_ports(self) -> None:
        for server in self.servers:
            server.close()


def run(application: Any, *, host: str, port: int, backlog: int, stop_worker: Callable[[], None]) -> None:
    """Serve until told to stop."""
    # Uvicorn raises the signal again once it has stopped. Being told to stop and stopping is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    config = uvicorn.Config(
        application,
        host=host,
        port=port,
        backlog=backlog,
        lifespan="off",
        log_level="warning",
        access_log=False,
        proxy_headers=False,  # as under Daphne: a proxy in front is told apart by configuration
        server_header=False,
        ws="websockets-sansio",
        ws_max_size=1_048_576,  # bytes; the room's own limit answers with a code, this one is for what is no client
        ws_per_message_deflate=False,
        ws_ping_interval=20.0,
        ws_ping_timeout=60.0,
        timeout_graceful_shutdown=5,
    )
    DrainingServer(config, stop_worker).run()
