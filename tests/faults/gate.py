"""Pages in flight: a gate that pages of tests/faults/gated_urls.py wait for, and the requests that ask for them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

PATIENCE: Final = 30.0  # seconds for anything at all


@dataclass
class Gate:
    """Counts the pages that are being made, and lets them go."""

    port: int = 0
    begun: int = 0
    _waiting: list[asyncio.StreamWriter] = field(default_factory=list)
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def settings(self) -> dict[str, str]:
        return {"DJANGO_SETTINGS_MODULE": "tests.faults.gated_settings", "GATE_PORT": str(self.port)}

    async def until(self, begun: int) -> None:
        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(lambda: self.begun >= begun)

    def open(self) -> None:
        """Those that wait are let go, and the count begins anew."""
        for writer in self._waiting:
            writer.close()
        self._waiting.clear()
        self.begun = 0

    async def came(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._waiting.append(writer)
        async with self._news:
            self.begun += 1
            self._news.notify_all()


@asynccontextmanager
async def gate() -> AsyncIterator[Gate]:
    """A closed gate on a port of this machine."""
    made = Gate()
    server = await asyncio.start_server(made.came, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        made.open()
        server.close()


class Request:
    """One request on a connection that the server has accepted before: it answered there already."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        self._reader, self._writer = reader, writer

    @classmethod
    async def connected(cls, port: int) -> "Request":
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        made = cls(reader, writer)
        made.send("GET", "/health/live")
        await made._one()
        return made

    def send(self, method: str, path: str, *, length: int = 0, body: bytes = b"") -> None:
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\n\r\n"
        self._writer.write(head.encode() + body)

    def go_on(self, body: bytes) -> None:
        self._writer.write(body)

    async def answer(self) -> tuple[int, bytes]:
        """The status and the body; the server must end the connection after it. (0, b"") where none came."""
        try:
            async with asyncio.timeout(PATIENCE):
                status, body = await self._one()
                rest = await self._reader.read()
        except (ConnectionError, asyncio.IncompleteReadError):
            return 0, b""
        finally:
            self._writer.close()
            with suppress(ConnectionError):
                await self._writer.wait_closed()
        return status, body + rest

    async def _one(self) -> tuple[int, bytes]:
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = head.partition("content-length: ")[2].partition("\r\n")[0]
        return int(head.split()[1]), await self._reader.readexactly(int(length or 0))


async def until_closed(port: int) -> None:
    """Until nobody listens there."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                return
            writer.close()
            await asyncio.sleep(0.01)
