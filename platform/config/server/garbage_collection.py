"""When the process looks for garbage.

Python's collector looks at everything that lives each time a quarter more has come. Four thousand connections are a
million objects: half a second in which nobody hears anything, again and again in the middle of a join storm. Young
objects are still collected by Python; the old ones here, when enough connections have gone to be worth it.
"""

import gc
import threading
import time

_LOOK_SECONDS = 10.0
_FEW = 500  # connections; to look at as many takes some 50 ms
_SELDOM, _VERY_SELDOM = 600.0, 3600.0  # seconds
_YOUNG = (10_000, 20, 1_000_000)  # the last one: never by Python


def is_due(*, here: int, gone: int, seconds: float) -> bool:
    """Whether to collect: `here` connections are open, `gone` have ended since the last time, so many `seconds` ago.

    What the gone left behind is never more than what the open ones need, or than a few hundred leave.
    """
    return gone >= max(_FEW, here) or seconds >= (_SELDOM if here < _FEW else _VERY_SELDOM)


def take_over() -> None:
    """Call once, when everything is imported: that stays for good and need not be looked at again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_YOUNG)
    threading.Thread(target=_watch, name="garbage", daemon=True).start()


def _watch() -> None:
    from livesessions.realtime.hub import running

    last, gone_before, never = time.monotonic(), 0, threading.Event()
    while not never.wait(_LOOK_SECONDS):
        hub = running()
        here, gone = (hub.connections, hub.gone) if hub else (0, gone_before)
        if is_due(here=here, gone=gone - gone_before, seconds=time.monotonic() - last):
            gc.collect()
            last, gone_before = time.monotonic(), gone
