"""Ends a process whose event loop hangs, so that whoever started it starts another: compose, `stack.py`, systemd.

It goes by its own looks and by no clock: a machine that slept, or a process that was stopped, has missed one at most.
"""

import asyncio
import faulthandler
import logging
import threading
from collections.abc import Callable
from typing import Final

from config.server.shutdown import leave

logger = logging.getLogger(__name__)

_LOOK: Final = 5.0  # seconds
_MISSED: Final = 12  # looks in a row


def watch(
    loop: asyncio.AbstractEventLoop,
    *,
    look: float = _LOOK,
    missed: int = _MISSED,
    end: Callable[[], None] = lambda: leave(1),
) -> None:
    """Look after this loop from a thread of its own, for as long as it is open."""
    threading.Thread(target=_watch, args=(loop, look, missed, end), name="watchdog", daemon=True).start()


def _watch(loop: asyncio.AbstractEventLoop, look: float, missed: int, end: Callable[[], None]) -> None:
    silent, never = 0, threading.Event()
    while silent < missed:
        answered = threading.Event()
        try:
            loop.call_soon_threadsafe(answered.set)
        except RuntimeError:  # closed
            return
        if answered.wait(look):
            silent = 0
            never.wait(look)
        else:
            silent += 1
    logger.critical("The event loop did not answer %d times in %.0f s; its threads were:", missed, missed * look)
    faulthandler.dump_traceback()
    end()
