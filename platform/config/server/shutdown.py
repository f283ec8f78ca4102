"""How a process leaves, whichever server it runs under."""

import asyncio
from collections.abc import Callable

_LAST_FRAMES = 0.5  # seconds for the last frames to leave


async def show_out(stop_worker: Callable[[], None], close_ports: Callable[[], None]) -> None:
    """Say not ready, close the port, say bye in the rooms, finish what is being committed and worked on."""
    from livesessions.realtime.hub import close, running
    from web import readiness

    readiness.drain()
    stopping = asyncio.get_running_loop().run_in_executor(None, stop_worker)
    close_ports()
    if hub := running():
        await hub.drain()
        await asyncio.sleep(_LAST_FRAMES)
        await close()
    await stopping
