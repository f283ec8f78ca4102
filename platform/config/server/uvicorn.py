"""Uvicorn with the same drain, for rooms larger than Daphne carries: docs/performance.md has the figures."""

import asyncio
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn

from config.server.requests import Requests
from config.server.shutdown import Told, leave, show_out
from config.server.watchdog import watch


class DrainingServer(uvicorn.Server):
    """Uvicorn's own server closes every socket at once; this one shows people out first."""

    def __init__(self, config: uvicorn.Config, requests: Requests, stop_worker: Callable[[], None]):
        super().__init__(config)
        self._requests, self._stop_worker = requests, stop_worker
        self._told = Told(self._stop)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Uvicorn's own raises the signal once more when it has stopped; being told to stop is no failure."""
        self._told()

    def _stop(self) -> None:
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        watch(asyncio.get_running_loop())

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await show_out(
            self._requests,
            stop_worker=self._stop_worker,
            ports=[each for server in self.servers for each in server.sockets],
            close_ports=self._close_ports,
            in_hand=lambda: self._requests.count,
        )
        if self._requests.count:  # given up; asyncio would wait for their threads
            leave(0)
        await super().shutdown(sockets)

    def _close_ports(self) -> None:
        for server in self.servers:
            server.close()


def run(requests: Requests, *, host: str, port: int, backlog: int, stop_worker: Callable[[], None]) -> None:
    """Serve until told to stop. Where nobody may listen, uvicorn says so and ends the process."""
    config = uvicorn.Config(
        requests,
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
        timeout_graceful_shutdown=1,  # all requests were waited for
    )
    DrainingServer(config, requests, stop_worker).run()
