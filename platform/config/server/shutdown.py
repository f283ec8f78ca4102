"""How a process leaves, whichever server it runs under.

Told once, it finishes what it has in hand, at most so long; told twice, or when even that hangs, it is gone at once.
"""

import asyncio
import faulthandler
import logging
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any, Final, NoReturn

from config.server.requests import Requests

logger = logging.getLogger(__name__)

_LAST_FRAMES: Final = 0.5  # seconds for the last frames to leave, and for the last connections to say what they want
_IN_HAND: Final = 10.0  # seconds for the requests in hand
_WHOLE: Final = 14.0  # seconds in all; who sent the signal waits 15 to 20
_LOOK: Final = 0.05  # seconds
_WAITING: Final = 100  # looks at connections that wait to be accepted
_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


def before_serving() -> None:
    """Being told to stop while starting ends the process, and is no failure."""
    for number in _SIGNALS:
        signal.signal(number, lambda *_: leave(0))


def while_serving(stop: Callable[[], None]) -> None:
    """Call `stop` when told to stop the first time; the second time end at once."""
    told = Told(stop)
    for number in _SIGNALS:
        signal.signal(number, lambda *_: told())


class Told:
    """Called at every signal."""

    def __init__(self, stop: Callable[[], None]):
        self._stop, self._is_first = stop, True

    def __call__(self) -> None:
        if not self._is_first:
            leave(1)
        self._is_first = False
        threading.Thread(target=_last_resort, name="last-resort", daemon=True).start()
        self._stop()


def leave(code: int) -> NoReturn:
    """End the process. Python itself would first wait for each thread, also for one that nobody will ever wake."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


async def show_out(
    requests: Requests,
    *,
    stop_worker: Callable[[], None],
    ports: Iterable[Any],
    close_ports: Callable[[], None],
    in_hand: Callable[[], int],
) -> None:
    """Say not ready, close the ports, say bye in the rooms, finish what is being committed, answered and worked on.

    `ports` have a `fileno()`; `in_hand` counts the requests that are not answered to the last byte.
    """
    from livesessions.realtime.hub import close, running
    from web import readiness

    readiness.drain()
    requests.is_leaving = True
    stopping = asyncio.get_running_loop().run_in_executor(None, stop_worker)
    await _accept_waiting(ports)
    close_ports()
    answering = asyncio.ensure_future(_until_none(in_hand))
    if hub := running():
        await hub.drain()
    if left := await answering:
        logger.error("%d requests were not finished after %.0f s and are given up", left, _IN_HAND)
        await requests.give_up()
        await asyncio.sleep(_LAST_FRAMES)
    await close()
    await stopping


async def _accept_waiting(ports: Iterable[Any]) -> None:
    """Closing a port resets the connections that the kernel made and nobody has accepted: these first."""
    waiting = select.poll()
    for port in ports:
        waiting.register(port.fileno(), select.POLLIN)
    for _ in range(_WAITING):
        if not waiting.poll(0):
            return
        await asyncio.sleep(0.001)


async def _until_none(in_hand: Callable[[], int]) -> int:
    """How many are still in hand when there is no more time."""
    loop = asyncio.get_running_loop()
    until = loop.time() + _IN_HAND
    await asyncio.sleep(_LAST_FRAMES)
    while in_hand() and loop.time() < until:  # noqa: ASYNC110 - sockets of two servers, who tell nobody
        await asyncio.sleep(_LOOK)
    return in_hand()


def _last_resort() -> None:
    """Where the loop itself hangs nothing else would end the process."""
    threading.Event().wait(_WHOLE)
    logger.critical("The process did not end in %.0f s and is ended; its threads were:", _WHOLE)
    faulthandler.dump_traceback()
    leave(1)
