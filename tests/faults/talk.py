"""People of a room talk at a steady rate, and everything they were promised is noted."""

import asyncio
import contextlib
import itertools
import time
from collections import Counter
from collections.abc import Sequence
from types import TracebackType
from typing import Any

from tests.faults.room import LiveRoom
from tests.load import report
from tests.load.client import Client, Refused
from tests.load.truth import Person, Sent


class Talk:
    """`async with Talk(room, rate=50) as talk:` posts `rate` chat messages a second, everybody in turn, until its end.

    A person may post once in two seconds, and ten at once. Times are seconds since 1970, by cid: `given` when the
    command was put into the outbox, `answered` when its `ok` came.
    """

    def __init__(self, room: LiveRoom, rate: float, *, people: Sequence[Person] = ()) -> None:
        self.room = room
        self.given: dict[str, float] = {}
        self.answered: dict[str, float] = {}
        self._rate = rate
        self._turns = itertools.cycle(people or room.truth.people)
        self._task: asyncio.Task[None] | None = None
        self._open: set[asyncio.Future[dict[str, Any]]] = set()
        self._number = 0

    async def __aenter__(self) -> "Talk":
        self._task = asyncio.create_task(self._speak())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._task is not None
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    @property
    def acknowledged(self) -> dict[str, dict[str, Any]]:
        """Every `ok` by cid."""
        return self.room.truth.acknowledged

    @property
    def top(self) -> int:
        """The highest number that was acknowledged in the room's stream."""
        return max((ok["seq"] for ok in self.acknowledged.values()), default=0)

    @property
    def errors(self) -> Counter[tuple[str, bool]]:
        """The refusals that reached anybody, by code and whether a retry may mend them."""
        return sum((client.record.errors for client in self.room.clients), Counter[tuple[str, bool]]())

    def say(self, person: Person | None = None) -> "asyncio.Future[dict[str, Any]]":
        """One message more, by whose turn it is unless given; the future of its `ok`."""
        person = person or next(self._turns)
        self._number += 1
        text = f"{self._number} · {person.name} ¡ñandú! 🩺"
        cid, answer = person.clients[0].put("chat.post", text=text)
        self.room.truth.sent[cid] = Sent(person.id, "chat.post", text)
        self.given[cid] = time.time()
        self._open.add(answer)
        answer.add_done_callback(lambda answer: self._answer(cid, answer))
        return answer

    async def go_on(self, seconds: float) -> None:
        """Let the talk go on for so long."""
        await asyncio.sleep(seconds)

    async def settle(self, within: float = 60.0) -> None:
        """Wait until everything said is answered, everybody is there and has seen it all, or so many seconds passed.
        The verdict then tells what is missing.
        """
        deadline = time.monotonic() + within
        if self._open:
            await asyncio.wait(set(self._open), timeout=within)
        await self.room.everybody(max(0.1, deadline - time.monotonic()))
        left = max(0.1, deadline - time.monotonic())
        await asyncio.gather(*(client.reach("room", self.top, left) for client in self.room.clients))

    def ack_seconds(self, since: float = 0.0, until: float = float("inf")) -> list[float]:
        """From the pressing of "send" to the answer, of what was said in this time, outages and retries included."""
        return [at - self.given[cid] for cid, at in self.answered.items() if since <= self.given[cid] < until]

    def deliveries(self) -> list[int]:
        """How many pushes each client has heard so far: a mark for `delivery_seconds`."""
        return [len(client.record.delivery_seconds) for client in self.room.clients]

    def delivery_seconds(self, since: Sequence[int]) -> list[float]:
        """From the writing of an entry to its being seen, of every push heard since the mark."""
        marked = zip(self.room.clients, since, strict=True)
        return [seconds for client, mark in marked for seconds in client.record.delivery_seconds[mark:]]

    async def acknowledgement(self, *, after: float, within: float) -> bool:
        """Wait until something is acknowledged after that moment; False when nothing is by then."""
        try:
            async with asyncio.timeout(within):
                while not any(at > after for at in self.answered.values()):
                    await asyncio.wait(set(self._open), return_when=asyncio.FIRST_COMPLETED)
        except TimeoutError:
            return False
        return True

    def silence(self, since: float, until: float) -> float:
        """The longest time within these bounds in which nothing was acknowledged."""
        moments = [since, *sorted(at for at in self.answered.values() if since < at < until), until]
        return max(later - earlier for earlier, later in itertools.pairwise(moments))

    def figures(self) -> str:
        """One line of what was measured."""
        truth = self.room.truth
        refused = ", ".join(f"{code} × {count}" for (code, _), count in sorted(self.errors.items())) or "none"
        return (
            f"{len(truth.sent)} said by {len(truth.people)} people · ack {report.quantiles(self.ack_seconds())}"
            f" · delivery {report.delivery(truth)} · {report.deliveries(truth)} deliveries · refusals: {refused}"
        )

    async def _speak(self) -> None:
        due = time.monotonic()
        while True:
            self.say()
            due += 1 / self._rate
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    def _answer(self, cid: str, answer: "asyncio.Future[dict[str, Any]]") -> None:
        self._open.discard(answer)
        if answer.cancelled():
            return
        if isinstance(error := answer.exception(), Refused):
            self.room.truth.refused.append(f"chat.post {cid} was refused: {error.code}")
        else:
            self.answered[cid] = time.time()


def recoveries(clients: Sequence[Client], since: float) -> list[float]:
    """Seconds from `since` until each client that lost its connection after it was greeted again, delays of the
    protocol included; infinite for who was not.
    """
    found = []
    for client in clients:
        stays = client.record.stays
        lost = [number for number, stay in enumerate(stays) if stay.until is not None and stay.until >= since - 0.05]
        if lost:
            again = stays[lost[0] + 1 : lost[0] + 2]
            found.append(again[0].since - since if again else float("inf"))
    return found
