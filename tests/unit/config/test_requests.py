"""Requests in hand are counted, told to end their connection when the server leaves, and answered when given up."""

import asyncio
from typing import Any

from config.server.requests import Requests

HTTP = {"type": "http"}
OK = {"type": "http.response.start", "status": 200, "headers": [(b"Connection", b"keep-alive"), (b"x", b"1")]}
BODY = {"type": "http.response.body", "body": b"page"}


class Site:
    """An application whose pages wait until they are let go."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.sent: list[dict[str, Any]] = []
        self.requests = Requests(self)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.go.wait()
        await send(OK)
        await send(BODY)

    async def send(self, message: Any) -> None:
        self.sent.append(message)

    async def ask(self, scope: Any = HTTP) -> "asyncio.Task[None]":
        task = asyncio.ensure_future(self.requests(scope, None, self.send))
        await asyncio.sleep(0)
        return task


async def test_a_request_is_in_hand_until_it_is_answered() -> None:
    site = Site()
    page, socket = await site.ask(), await site.ask({"type": "websocket"})
    assert site.requests.count == 1
    site.go.set()
    await asyncio.gather(page, socket)
    assert site.requests.count == 0
    assert site.sent == [OK, BODY] * 2


async def test_an_answer_of_a_server_that_leaves_ends_its_connection() -> None:
    site = Site()
    page = await site.ask()
    site.requests.is_leaving = True
    site.go.set()
    await page
    assert site.sent[0]["headers"] == [(b"x", b"1"), (b"connection", b"close")]


async def test_who_is_given_up_is_told_so_once() -> None:
    site = Site()
    page = await site.ask()
    site.requests.is_leaving = True
    await site.requests.give_up()
    site.go.set()
    await page
    assert [message.get("status", "body") for message in site.sent] == [503, "body"]
