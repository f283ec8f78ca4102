"""Starting a coroutine without a task.

A server's `send` hardly ever waits, and a task for each frame and socket would cost more than the sending. Python
3.12 has eager tasks; this is what the rooms need of them, for 3.11 too.
"""

import asyncio
from collections.abc import Coroutine, Generator
from typing import Any


def start(coroutine: Coroutine[Any, None, None]) -> asyncio.Task[None] | None:
    """Run it now up to its first wait; what is left goes on in a task. None when nothing was left.

    Up to that wait the coroutine runs outside any task: it must not ask for the current one.
    """
    try:
        awaited = coroutine.send(None)
    except StopIteration:
        return None
    return asyncio.create_task(_go_on(_Rest(coroutine, awaited)))


async def _go_on(rest: "_Rest") -> None:
    await rest


class _Rest:
    """A coroutine from its first wait on."""

    def __init__(self, coroutine: Coroutine[Any, None, None], awaited: Any):
        self._coroutine = coroutine
        self._awaited = awaited

    def __await__(self) -> Generator[Any, None, None]:
        awaited = self._awaited
        while True:
            try:
                try:
                    yield awaited
                except BaseException as error:
                    awaited = self._coroutine.throw(error)
                else:
                    awaited = self._coroutine.send(None)
            except StopIteration:
                return
