"""`python -m tests.faults.fuzz SOCKET --count N` sends N spoilt frames to a room, in a process of its own.

Standard input has one JSON line per person: `{"ticket", "is_staff"}`; each goes on for itself, connection after
connection. The last line of the output is a summary; whatever the server did wrong is in it as a sentence.
"""

import argparse
import asyncio
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final
from urllib.parse import urlsplit

from livesessions.realtime import protocol
from livesessions.realtime.protocol import BadFrame
from tests.faults import frames
from tests.faults.frames import CLOSE, PING, PONG, TEXT, Commands, broken, frame, in_pieces

_PATIENCE: Final = 20.0  # seconds within which everything must be answered
_AT_ONCE: Final = 12  # commands under way on one connection
_HANDSHAKE: Final = (
    "GET {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Protocol: anfiteatro.v1\r\n\r\n"
)


class Gone(Exception):
    """The connection is over; `code` is the close code, 0 when there was none."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Wire:
    """A WebSocket without manners."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, socket: str, ticket: str) -> "Wire":
        at = urlsplit(socket)
        reader, writer = await asyncio.open_connection(at.hostname, at.port)
        writer.write(_HANDSHAKE.format(path=f"{at.path}?ticket={ticket}", host=at.netloc).encode())
        answer = await reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in answer.split(b"\r\n")[0]:
            raise ConnectionError(answer[:80])
        return cls(reader, writer)

    def send(self, raw: bytes) -> None:
        self._writer.write(raw)

    async def message(self) -> dict[str, Any]:
        """The next frame of the room. Raises Gone."""
        try:
            while True:
                opcode, payload = await self._frame()
                if opcode == TEXT:
                    message: dict[str, Any] = json.loads(payload)
                    return message
                if opcode == PING:
                    self.send(frame(payload, PONG))
                elif opcode == CLOSE:
                    raise Gone(int.from_bytes(payload[:2], "big"))
        except (asyncio.IncompleteReadError, OSError) as end:
            raise Gone(0) from end

    async def end(self) -> int:
        """Read on until the connection is over: its close code."""
        try:
            while True:
                await self.message()
        except Gone as gone:
            return gone.code

    def abort(self) -> None:
        self._writer.transport.abort()

    async def _frame(self) -> tuple[int, bytes]:
        head = await self._reader.readexactly(2)
        length = head[1] & 127
        if length > 125:
            length = int.from_bytes(await self._reader.readexactly(2 if length == 126 else 8), "big")
        return head[0] & 15, await self._reader.readexactly(length)


@dataclass
class Fuzzer:
    """One person who sends `left` frames. `seen` counts the answers by code."""

    socket: str
    ticket: str
    left: int
    chance: random.Random
    commands: Commands
    seen: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    async def run(self) -> None:
        while self.left > 0 and not self.faults:
            wire = await Wire.open(self.socket, self.ticket)
            try:
                async with asyncio.timeout(_PATIENCE):
                    await self._spoil(wire)
            except TimeoutError:
                self.faults.append("something was neither answered nor closed")
            finally:
                wire.abort()

    async def _spoil(self, wire: Wire) -> None:
        """One connection: commands until one of them ends it, or bytes that do."""
        if self.chance.random() < 0.9:
            await self._hello(wire)
            while self.left > 0:
                if self.chance.random() < 0.1:
                    return await self._break(wire)
                batch = list(islice(self.commands, _AT_ONCE))
                if not await self._say(wire, batch):
                    return None
        return await self._break(wire)

    async def _hello(self, wire: Wire) -> None:
        wire.send(frame(b'{"id":0,"do":"hello","device":"one"}'))
        while "re" not in (greeting := await wire.message()):
            pass
        if "ok" not in greeting:
            self.faults.append(f"hello was answered {greeting}")

    async def _say(self, wire: Wire, batch: list[str]) -> bool:
        """Send them until one must end the connection; whether it is still open."""
        due: Counter[int] = Counter()
        for text in batch:
            self.left -= 1
            answer = _expected(text)
            chance = self.chance.random()
            raw = in_pieces(text, self.chance) if chance < 0.05 else frame(text.encode())
            wire.send(raw)
            if answer is None:
                await self._closed(wire, text)
                return False
            due.update(answer)
        while due.total():
            try:
                message = await wire.message()
            except Gone as gone:
                self.faults.append(f"closed with {gone.code} after {batch}")
                return False
            if "re" in message:
                due -= Counter([message["re"]])
                code = message.get("err", {}).get("code", "ok")
                self.seen[code] += 1
                if code == "internal":
                    self.faults.append(f"{message} was the answer to one of {batch}")
        return True

    async def _closed(self, wire: Wire, text: str) -> None:
        code = await wire.end()
        self.seen[f"close {code}"] += 1
        if code != protocol.Close.BAD_FRAME:
            self.faults.append(f"closed with {code} after {text[:300]}")

    async def _break(self, wire: Wire) -> None:
        self.left -= 1
        wire.send(broken(self.chance))
        wire.send(frame(b"\x03\xe8", frames.CLOSE))  # whatever is still open now is closed by this
        self.seen["broken bytes"] += 1
        try:
            async with asyncio.timeout(0.05):  # a frame that is announced and never comes is waited for in vain
                await wire.end()
        except TimeoutError:
            self.seen["hung up"] += 1


def _expected(text: str) -> list[int] | None:
    """The `re` of the answer to come, if one must come; None where the connection must be closed."""
    try:
        envelope, _ = protocol.decode(text, max_bytes=frames.LARGEST, max_depth=8)
    except BadFrame:
        return None
    if envelope.do == "beat":
        return []
    return None if envelope.id is None else [envelope.id]


async def fuzz(socket: str, people: list[dict[str, Any]], count: int, seed: int) -> dict[str, Any]:
    """All of them at once; the summary."""
    chances = [random.Random(f"{seed}/{n}") for n in range(len(people))]
    fuzzers = [
        Fuzzer(socket, person["ticket"], count // len(people), chance, Commands(chance, person["is_staff"]))
        for person, chance in zip(people, chances, strict=True)
    ]
    await asyncio.gather(*(fuzzer.run() for fuzzer in fuzzers))
    seen = sum((fuzzer.seen for fuzzer in fuzzers), Counter[str]())
    sent = count // len(people) * len(people) - sum(fuzzer.left for fuzzer in fuzzers)
    return {"sent": sent, "seen": dict(seen.most_common()), "faults": [f for each in fuzzers for f in each.faults]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("socket")
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    people = [json.loads(line) for line in sys.stdin]
    print(json.dumps(asyncio.run(fuzz(options.socket, people, options.count, options.seed))))


if __name__ == "__main__":
    main()
