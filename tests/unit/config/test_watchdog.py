"""The watchdog ends what hangs, and leaves alone what is only busy now and then."""

import asyncio
import threading
from collections.abc import Callable

import pytest

from config.server import watchdog

_FOR_EVER = 30.0  # seconds


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog.faulthandler, "dump_traceback", lambda: None)


def test_a_loop_that_hangs_is_ended() -> None:
    ended = threading.Event()

    async def hang() -> None:
        watchdog.watch(asyncio.get_running_loop(), look=0.01, missed=3, end=ended.set)
        ended.wait(_FOR_EVER)  # in the loop's own thread

    asyncio.run(hang())
    assert ended.is_set()


def test_a_loop_that_answers_is_left_alone_until_it_is_closed() -> None:
    looks, ended = 0, threading.Event()

    class Loop:
        """Answers every second look only, then is closed."""

        def call_soon_threadsafe(self, answer: Callable[[], None]) -> None:
            nonlocal looks
            looks += 1
            if looks == 9:
                raise RuntimeError("closed")
            if looks % 2:
                answer()

    watchdog._watch(Loop(), 0.001, 2, ended.set)  # type: ignore[arg-type]
    assert looks == 9
    assert not ended.is_set()
