"""The server: Daphne, with a drain.

`python -m config.server --port 8000` listens, works the task queue when it is asked to, and leaves well: on SIGTERM
readiness fails, the port closes, everybody in a room hears `bye`, what is being committed is committed, and the
process is gone within 15 seconds.
"""

import argparse
import asyncio
import logging
import os
from collections.abc import Callable
from typing import Any

from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server
from twisted.internet.defer import Deferred

from config.transport import make_eager

logger = logging.getLogger(__name__)

_BACKLOG = 4096  # connections of a join storm that wait to be accepted
_LAST_FRAMES = 0.5  # seconds for the last frames to leave


class DrainingServer(Server):  # type: ignore[misc]
    """Daphne's own server stops at once; this one shows people out first."""

    def __init__(self, *args: Any, stop_worker: Callable[[], None], **options: Any):
        super().__init__(*args, **options)
        self._stop_worker = stop_worker
        self._ports: list[Any] = []

    def listen_success(self, port: Any) -> None:
        self._ports.append(port)
        make_eager(port)
        super().listen_success(port)

    def kill_all_applications(self) -> Deferred[Any]:
        """Called by Twisted before it shuts down; the shutdown waits for the result."""
        draining = Deferred.fromFuture(asyncio.ensure_future(self._drain()))
        draining.addErrback(lambda failure: logger.error("the drain failed: %s", failure))
        return draining.addCallback(lambda _: super(DrainingServer, self).kill_all_applications())

    async def _drain(self) -> None:
        from livesessions.realtime.hub import close, running
        from web import readiness

        readiness.drain()
        stopping = asyncio.get_running_loop().run_in_executor(None, self._stop_worker)
        for port in self._ports:
            port.stopListening()
        if hub := running():
            await hub.drain()
            await asyncio.sleep(_LAST_FRAMES)
            await close()
        await stopping


def main() -> None:
    """Parse the command line and serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

    from config.asgi import application
    from web import worker

    endpoints = [
        f"{endpoint}:backlog={_BACKLOG}"
        for endpoint in build_endpoint_description_strings(host=options.host, port=options.port)
    ]
    stop_worker = worker.start_in_thread()
    try:
        DrainingServer(
            application,
            stop_worker=stop_worker,
            endpoints=endpoints,
            server_name="anfiteatro",
            # A proxy in front is told apart by configuration, not by trust in headers.
            proxy_forwarded_address_header=None,
            websocket_timeout=86_400,
            ping_interval=20,
            ping_timeout=60,
        ).run()
    finally:
        stop_worker()


if __name__ == "__main__":
    main()
