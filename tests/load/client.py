"""A faithful client of docs/protocol.md: one socket of one device, with outbox, resume, beats and reconnection."""

import asyncio
import random
import time
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Final
from uuid import uuid4

import msgspec
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.load.line import SUBPROTOCOL, Line
from tests.load.outbox import Outbox, Pending, Refused
from tests.load.record import Base, Entry, Record

BEAT_BYTES: Final = 65_536
FIRST_FINAL_CODE: Final = 4500

__all__ = ["SUBPROTOCOL", "Client", "Refused"]


class Client:
    """`sockets` are absolute addresses without the ticket, tried in turn. `patience` scales the protocol's delays.

    It differs from a browser in one thing: a command is never parked, since its connections die on purpose.
    """

    def __init__(
        self,
        *sockets: str,
        ticket: str,
        origin: str,
        device: str | None = None,
        patience: float = 1.0,
        chance: random.Random | None = None,
    ) -> None:
        self.record = Record()
        self.outbox = Outbox()
        self.last: dict[str, int] = {}
        self.device = device or str(uuid4())
        self.me: dict[str, Any] = {}
        self.final: int | None = None  # the close code that ended it for good
        self.is_up = asyncio.Event()
        self.sockets = list(sockets)  # the first is where it is, or will try to be next
        self.line = Line(origin)
        self._ticket = ticket
        self._patience, self._chance = patience, chance or random.Random()
        self.epoch: str | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._numbers = 0
        self._ws: ClientConnection | None = None
        self._task: asyncio.Task[None] | None = None
        self._is_stopping = False
        self._since_beat = 0
        self._asked_since: dict[str, int] = {}
        self._bye_ms: float | None = None
        self._wake = asyncio.Event()  # somebody waits for this client to have seen more
        self._sending = asyncio.Lock()

    def start(self) -> None:
        """Connect, and stay connected until `leave` or a final close."""
        self._is_stopping = False
        self._task = asyncio.create_task(self._live())

    async def ready(self, within: float = 30.0) -> None:
        """Wait until hello has been answered."""
        await asyncio.wait_for(self.is_up.wait(), within)

    async def send(self, do: str, **fields: Any) -> dict[str, Any]:
        """Give a command once, over as many connections as it takes; its `ok`. Raises Refused."""
        return await self.put(do, **fields)[1]

    def put(self, do: str, **fields: Any) -> "tuple[str, asyncio.Future[dict[str, Any]]]":
        """Put a command into the outbox: its cid, and the future of its `ok`."""
        cid, pending = self.outbox.put(do, fields)
        self._soon(self._pump())
        return cid, pending.answer

    def drop(self) -> None:
        """Lose the connection without a word, as in a tunnel."""
        self.is_up.clear()
        if self._ws is not None:
            self._ws.transport.abort()

    def stall(self) -> None:
        """Read nothing more from this connection: what the server still sends is lost with it. Only `drop` ends it."""
        if self._ws is not None:
            self._ws.transport.pause_reading()

    def probe(self) -> None:
        """The network is back, as `online` tells a browser: come back at once, or see whether the connection lives."""
        if self._ws is not None and self.is_up.is_set():
            frame = {"id": self._number(), "do": "history", "st": "room", "since": self.last.get("room", 0)}
            self._soon(self._write(self._ws, frame))
        self.line.probe()

    async def leave(self) -> None:
        """Close the tab."""
        self._is_stopping = True
        if self._ws is not None:
            await self._ws.close()
        await self._stopped()

    async def pause(self) -> None:
        """Lose the connection without a word and stay away until `start`."""
        self._is_stopping = True
        self.drop()
        await self._stopped()

    async def _stopped(self) -> None:
        if self._task is None:
            return
        if self._ws is None:
            self._task.cancel()  # it waits for its next try, or opens a connection
        await asyncio.gather(self._task, return_exceptions=True)

    async def reach(self, stream: str, seq: int, within: float) -> bool:
        """Wait until everything up to `seq` has been seen; False when it has not by then."""
        try:
            async with asyncio.timeout(within):
                while self.last.get(stream, -1) < seq and self.final is None:
                    self._wake.clear()
                    await self._wake.wait()
        except TimeoutError:
            return False
        return self.last.get(stream, -1) >= seq

    async def _live(self) -> None:
        deaths = 0
        while not self._is_stopping:
            stable_since = time.time()
            code = await self._connect()
            self.is_up.clear()
            if code is not None:
                self.record.closes.append(code)
                if code >= FIRST_FINAL_CODE:
                    self.final = code
                    self.outbox.give_up(code)
                    return self._wake.set()
            if self._is_stopping:
                return None
            deaths = 0 if time.time() - stable_since > 30 else deaths + 1
            await self.line.rest(self._delay(deaths))
        return None

    def _delay(self, deaths: int) -> float:
        bye, self._bye_ms = self._bye_ms, None
        if bye is not None:
            return bye / 1000 * self._patience
        return self._chance.uniform(0, 3 if deaths <= 1 else min(30, 2**deaths)) * self._patience

    async def _connect(self) -> int | None:
        """One connection from its opening to its end; the close code, None when it never came about."""
        address = f"{self.sockets[0]}?ticket={self._ticket}"
        begun = time.time()
        try:
            async with await self.line.open(address) as ws:
                self._ws = ws
                try:
                    await self._converse(ws, begun)
                except ConnectionClosed as closed:
                    return closed.rcvd.code if closed.rcvd else 1006
                finally:
                    self._ws = None
                    self.record.left(time.time())
        except (OSError, TimeoutError, InvalidHandshake, ConnectionClosed):
            self.sockets.append(self.sockets.pop(0))
            return None
        return 1000

    async def _converse(self, ws: ClientConnection, begun: float) -> None:
        self.outbox.reset()
        self._asked_since.clear()
        self._since_beat = 0
        hello = self._number()
        frame = {"id": hello, "do": "hello", "epoch": self.epoch, "since": self.last, "device": self.device}
        await self._write(ws, {**frame, "profile": "full"})
        while True:
            raw = await ws.recv(decode=False)
            self.line.heard()
            self.record.bytes_in += len(raw)
            self._since_beat += len(raw)
            message = msgspec.json.decode(raw)
            self.record.count(message)
            await (self._greeted(message, begun) if message.get("re") == hello else self._hear(ws, message))
            if self._since_beat >= BEAT_BYTES:
                await self._beat(ws)

    async def _greeted(self, message: dict[str, Any], begun: float) -> None:
        if "err" in message:
            self._bye_ms = message["err"].get("after_ms") or 1000
            if self._ws:
                await self._ws.close()
            return
        ok = message["ok"]
        self.record.came(begun, time.time())
        self.record.ping_seconds = ok["ping_ms"] / 1000
        is_older = any(top < self.last.get(stream, 0) for stream, top in ok["top"].items())
        self.record.setbacks += is_older and ok["epoch"] == self.epoch
        self.epoch, self.me = ok["epoch"], ok["me"]
        if ok["mode"] == "snapshot":
            self.last = dict(ok["top"])
            self.record.bases.append(Base(dict(ok["top"]), ok["snapshot"]))
            self.record.tallies |= ok["snapshot"].get("tallies", {})
        self.is_up.set()
        self._wake.set()
        await self._pump()

    async def _hear(self, ws: ClientConnection, message: dict[str, Any]) -> None:
        if "ev" in message:
            for entry in message["ev"]:
                await self._apply(ws, entry)
            self._wake.set()
        elif "re" in message:
            await self._answered(ws, message)
        elif "eph" in message:
            self.record.tallies |= message["eph"].get("tallies", {})
            self.me = message["eph"].get("me", self.me)
        elif "ping" in message:
            await self._beat(ws)
            for stream, top in message["ping"]["top"].items():
                if top > self.last.get(stream, 0):
                    await self._ask_history(ws, stream)
        elif "bye" in message:
            self._bye_ms = message["bye"]["after_ms"]

    async def _apply(self, ws: ClientConnection, entry: Entry) -> None:
        stream, seq = entry["st"], entry["seq"]
        last = self.last.get(stream, 0)
        if seq <= last:
            self.record.duplicates += 1
        elif seq == last + 1:
            self.last[stream] = seq
            self._asked_since.pop(stream, None)
            self.record.keep(entry, time.time())
        else:
            await self._ask_history(ws, stream)

    async def _ask_history(self, ws: ClientConnection, stream: str) -> None:
        since = self.last.get(stream, 0)
        if self._asked_since.get(stream) == since:
            return
        self._asked_since[stream] = since
        self.record.holes += 1
        await self._write(ws, {"id": self._number(), "do": "history", "st": stream, "since": since})

    async def _beat(self, ws: ClientConnection) -> None:
        self._since_beat = 0
        await self._write(ws, {"do": "beat", "seen": self.last})

    async def _pump(self) -> None:
        """Send what waits, in order."""
        async with self._sending:
            while (ws := self._ws) is not None and self.is_up.is_set() and (pending := self.outbox.next()):
                pending.number, pending.sent_at = self._number(), time.time()
                await self._write(ws, {"id": pending.number, **pending.frame})

    async def _answered(self, ws: ClientConnection, message: dict[str, Any]) -> None:
        if "entries" in message.get("ok", {}):
            for entry in message["ok"]["entries"]:
                await self._apply(ws, entry)
            self._wake.set()
            return
        error = message.get("err")
        if error and error["retry"]:
            if pending := self.outbox.rest(message["re"]):
                asyncio.get_running_loop().call_later(error["after_ms"] / 1000, self._again, pending)
            return
        closed = self.outbox.close(message["re"])
        if closed is None:
            return
        cid, pending, seconds = closed
        self.record.ack_seconds.append(seconds)
        if not error:
            self.record.answers[cid] = message["ok"]
        if not pending.answer.done():
            pending.answer.set_exception(Refused(error["code"])) if error else pending.answer.set_result(message["ok"])
        await self._pump()

    def _again(self, pending: Pending) -> None:
        self.outbox.wake(pending)
        self._soon(self._pump())

    def _soon(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers

    async def _write(self, ws: ClientConnection, frame: dict[str, Any]) -> None:
        with suppress(ConnectionClosed):  # the reader hears of it and reconnects
            await ws.send(msgspec.json.encode(frame).decode())
