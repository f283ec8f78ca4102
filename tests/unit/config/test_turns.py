"""Turns: who waits for whom, who is told that there was none, and that a place is always given back."""

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest

from config.server.turns import Turns
from web.away import NO_TURN


class Pages:
    """An application whose pages are made when `make` says so."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.refused: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        path = scope["path"]
        if scope.get(NO_TURN):
            self.refused.append(path)
        else:
            self.begun.append(path)
            await self.gates.setdefault(path, asyncio.Event()).wait()
        await send({"type": "http.response.start", "status": 200})
        await self.gates.setdefault(path + " read", asyncio.Event()).wait()

    def make(self, *paths: str) -> None:
        for path in paths:
            self.gates.setdefault(path, asyncio.Event()).set()


async def ask(turns: Turns, path: str, method: str = "GET", bodies: Iterable[bool] = (False,)) -> None:
    messages = [{"type": "http.request", "more_body": more} for more in bodies]

    async def receive() -> Any:
        if messages:
            return messages.pop(0)
        return await asyncio.Event().wait()

    async def send(message: Any) -> None:
        pass

    await turns({"path": path, "method": method}, receive, send)


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def of(pages: Pages, at_once: int = 4, waiting: int = 100, patience: float = 60) -> Turns:
    return Turns(pages, at_once=at_once, waiting=waiting, patience=patience, free=("/health/",))


async def test_so_many_are_made_at_once_in_order_of_arrival() -> None:
    pages = Pages()
    turns = of(pages)
    tasks = [asyncio.create_task(ask(turns, f"/{n}")) for n in range(6)]
    await settle()
    assert pages.begun == ["/0", "/1", "/2", "/3"]
    pages.make("/2")
    await settle()
    assert pages.begun[4:] == ["/4"], "though nobody has read the page yet"
    for task in tasks:
        task.cancel()


async def test_a_storm_of_forms_leaves_places_to_those_who_read() -> None:
    pages = Pages()
    turns = of(pages)
    tasks = [asyncio.create_task(ask(turns, f"/form-{n}", "POST")) for n in range(50)]
    await settle()
    assert pages.begun == ["/form-0", "/form-1"]
    tasks.append(asyncio.create_task(ask(turns, "/page")))
    await settle()
    assert pages.begun[2:] == ["/page"]
    for task in tasks:
        task.cancel()


async def test_a_file_store_that_hangs_holds_its_own_places_alone() -> None:
    pages = Pages()
    turns = of(pages)
    tasks = [asyncio.create_task(ask(turns, f"/media/at/{n}/")) for n in range(50)]
    tasks += [asyncio.create_task(ask(turns, f"/uploads/{n}/parts/1/", "PUT")) for n in range(50)]
    tasks += [asyncio.create_task(ask(turns, "/form", "POST")), asyncio.create_task(ask(turns, "/page"))]
    await settle()
    assert pages.begun == ["/media/at/0/", "/form", "/page"]
    for task in tasks:
        task.cancel()


async def test_who_waited_too_long_is_told_and_so_is_who_finds_too_many() -> None:
    pages = Pages()
    turns = of(pages, at_once=1, waiting=1, patience=0.01)
    tasks = [asyncio.create_task(ask(turns, path)) for path in ("/served", "/waits", "/one-too-many")]
    await settle()
    assert pages.refused == ["/one-too-many"]
    async with asyncio.timeout(10):
        while len(pages.refused) < 2:
            await asyncio.sleep(0.01)
    assert pages.begun == ["/served"]
    for task in tasks:
        task.cancel()


async def test_health_and_who_still_sends_hold_no_place() -> None:
    pages = Pages()
    turns = of(pages, at_once=1)
    slow = asyncio.create_task(ask(turns, "/slow", "POST", bodies=[True] * 3))
    others = [asyncio.create_task(ask(turns, path)) for path in ("/page", "/health/ready")]
    await settle()
    assert pages.begun == ["/page", "/health/ready"]
    for task in [slow, *others]:
        task.cancel()


@pytest.mark.parametrize("end", ["fails", "is left"])
async def test_a_place_is_given_back_however_a_page_ends(end: str) -> None:
    pages = Pages()

    async def failing(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        raise ZeroDivisionError

    turns = of(failing if end == "fails" else pages, at_once=1)  # type: ignore[arg-type]
    task = asyncio.create_task(ask(turns, "/one"))
    await settle()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    turns._application = pages
    other = asyncio.create_task(ask(turns, "/two"))
    await settle()
    assert pages.begun[-1] == "/two"
    other.cancel()
