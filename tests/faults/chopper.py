"""A TCP proxy whose connections die: each is reset after so many bytes in a direction."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

_LINGER: Final = struct.pack("ii", 1, 0)  # a close is a reset
_CHUNK: Final = 65_536


@dataclass
class Chopper:
    """`down` bytes reach the client and `up` bytes the server before a connection dies; None is no end. What comes from
    the server is `lag` seconds late, so that it may be lost when `up` is spent. `cut` counts the dead.
    """

    host: str
    port: int
    down: int | None = None
    up: int | None = None
    lag: float = 0.0
    cut: int = 0
    url: str = ""
    _open: set[asyncio.StreamWriter] = field(default_factory=set)
    _carried: "set[asyncio.Task[None] | None]" = field(default_factory=set)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from its opening to its end on both sides."""
        self._carried.add(task := asyncio.current_task())
        try:
            there, beyond = await asyncio.open_connection(self.host, self.port)
        except OSError:
            return _reset(writer)
        ends = {writer, beyond}
        self._open |= ends
        down = asyncio.create_task(self._pump(there, writer, self.down, self.lag))
        up = asyncio.create_task(self._pump(reader, beyond, self.up, 0.0))
        done, _ = await asyncio.wait({down, up}, return_when=asyncio.FIRST_COMPLETED)
        self.cut += any(task.result() for task in done)
        for end in ends:
            _reset(end)
        await asyncio.wait({down, up})
        self._open -= ends
        self._carried.discard(task)
        return None

    async def close(self) -> None:
        """Every connection dies now."""
        for end in self._open:
            _reset(end)
        if left := self._carried - {None}:
            await asyncio.wait([task for task in left if task])

    async def _pump(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, limit: int | None, lag: float
    ) -> bool:
        """Carry bytes one way: True when the limit ended it, False when a peer did."""
        carried = 0
        with suppress(OSError):
            while chunk := await source.read(_CHUNK if limit is None else min(_CHUNK, limit - carried)):
                await asyncio.sleep(lag)
                target.write(chunk)
                await target.drain()
                carried += len(chunk)
                if carried == limit:
                    return True
        return False


def _reset(writer: asyncio.StreamWriter) -> None:
    """The peer finds the connection gone, with no farewell."""
    with suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)
    writer.transport.abort()


@asynccontextmanager
async def chopped(
    url: str, *, down: int | None = None, up: int | None = None, lag: float = 0.0
) -> AsyncIterator[Chopper]:
    """A proxy before the server at `url` (http://host:port), on a free port of this machine."""
    host, _, port = url.rpartition("/")[2].partition(":")
    chopper = Chopper(host, int(port), down, up, lag)
    server = await asyncio.start_server(chopper.carry, "127.0.0.1", 0)
    chopper.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield chopper
    finally:
        server.close()
        await chopper.close()
