"""The live hour, compressed: the lobby fills, the room goes live, people do what they do, the moderator ends it."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

from tests.load.cast import Moment, Plan
from tests.load.client import Client, Refused
from tests.load.truth import Person, Sent, Truth

OpenTab = Callable[[Person, str | None], Client]
PATIENCE: Final = 0.15  # of the protocol's reconnection delays
ANSWER_SECONDS: Final = 40.0
_RACES: Final = frozenset({"question.closed", "question.pending", "question.own", "question.taken"})


class Story:
    """`open_tab(person, device)` gives a client that is not started yet; a device of None is a new one."""

    def __init__(self, truth: Truth, staff: dict[str, Person], open_tab: OpenTab, *, seconds: float, seed: int) -> None:
        self.truth, self.staff, self.seconds = truth, staff, seconds
        self._open_tab = open_tab
        self._chance = random.Random(seed)
        self._live_at = 0.0
        self._is_live = asyncio.Event()
        self.asked: dict[str, str] = {}  # question → asker
        self.queue: list[str] = []  # approved, not yet taken

    async def give(self, client: Client, person: Person, do: str, **fields: Any) -> dict[str, Any] | None:
        """One command, remembered; its `ok`, or None when it was refused."""
        cid, answer = client.put(do, **fields)
        self.truth.sent[cid] = Sent(person.id, do, fields.get("text", ""))
        try:
            return await asyncio.wait_for(answer, ANSWER_SECONDS)
        except Refused as refused:
            if refused.code not in _RACES:
                self.truth.refused.append(f"{person.name}: {do} refused with {refused.code}")
        except TimeoutError:
            self.truth.refused.append(f"{person.name}: {do} had no answer in {ANSWER_SECONDS:.0f} s")
        return None

    async def enter(self, person: Person, device: str | None = None) -> Client:
        """Open the room in a new tab."""
        client = self._open_tab(person, device)
        person.clients.append(client)
        client.start()
        await client.ready(60)
        return client

    async def go_live(self) -> None:
        """The curtain."""
        moderator = self.staff["moderator"]
        await self.give(moderator.clients[0], moderator, "stage.go_live")
        self._live_at = time.time()
        self._is_live.set()

    async def until(self, share: float) -> None:
        """Wait for this share of the live time."""
        await asyncio.sleep(max(0.0, self._live_at + share * self.seconds - time.time()))

    async def attend(self, person: Person, plan: Plan, *, during: float) -> None:
        """From arrival to the end; `during` are the seconds in which the lobby fills."""
        if plan.arrives <= 1:
            await asyncio.sleep(plan.arrives * during)
        else:
            await self._is_live.wait()
            await self.until(plan.arrives - 1)
        client = await self.enter(person)
        await self._is_live.wait()
        for moment in plan.moments:
            await self.until(moment.at)
            if moment.does == "leave":
                return await client.leave()
            client = await self._do(moment, client, person)
        person.stayed.append(client)
        return None

    async def _do(self, moment: Moment, client: Client, person: Person) -> Client:
        """One thing a person does; the client they go on with."""
        does: dict[str, Callable[[], Awaitable[Client | None]]] = {
            "chat": lambda: self._chat(client, person),
            "ask": lambda: self._ask(client, person),
            "vote": lambda: self._vote(client, person),
            "drop": lambda: self._drop(client),
            "away": lambda: self._away(client, moment.seconds * self.seconds),
            "tab": lambda: self._second_tab(client, person, moment.seconds * self.seconds),
            "device": lambda: self._second_device(client, person),
        }
        return await does[moment.does]() or client

    async def _chat(self, client: Client, person: Person) -> None:
        await self.give(client, person, "chat.post", text=f"{person.name} · {self._chance.random():.12f} ¡ñandú! 🩺")

    async def _ask(self, client: Client, person: Person) -> None:
        ok = await self.give(client, person, "question.ask", text=f"¿{person.name} pregunta {self._chance.random()}?")
        if ok:
            self.asked[ok["question"]] = person.id

    async def _vote(self, client: Client, person: Person) -> None:
        mine = {question for question, voters in self.truth.voters.items() if person.id in voters}
        open_ = [q for q in self.queue if self.asked.get(q) != person.id and q not in mine]
        if open_:
            question = self._chance.choice(open_)
            if await self.give(client, person, "question.vote", question=question):
                self.truth.voters.setdefault(question, set()).add(person.id)

    async def _drop(self, client: Client) -> None:
        client.drop()

    async def _away(self, client: Client, seconds: float) -> None:
        await client.pause()
        await asyncio.sleep(seconds)
        client.start()
        await client.ready(60)

    async def _second_tab(self, client: Client, person: Person, seconds: float) -> None:
        tab = await self.enter(person, client.device)
        await asyncio.sleep(seconds)
        await tab.leave()

    async def _second_device(self, client: Client, person: Person) -> Client:
        person.replaced.append(client)
        return await self.enter(person)

    async def moderate(self) -> None:
        """The moderator's hour: four questions in five are let in, the others set aside."""
        moderator = self.staff["moderator"]
        client, done = moderator.clients[0], 0
        while time.time() < self._live_at + 0.92 * self.seconds:
            entries = client.record.entries.get("desk", [])
            for entry in entries[done:]:
                if entry["kind"] == "question.asked":
                    await self._judge(client, moderator, entry["d"]["id"])
            done = len(entries)
            await asyncio.sleep(0.2)

    async def _judge(self, client: Client, moderator: Person, question: str) -> None:
        if self._chance.random() < 0.2:
            await self.give(client, moderator, "question.dismiss", question=question, reason="Ya respondida")
        elif await self.give(client, moderator, "question.approve", question=question):
            self.queue.append(question)

    async def answer(self) -> None:
        """The mentor's hour: one question after another, in writing and aloud by turns."""
        mentor = self.staff["mentor"]
        client, number = mentor.clients[0], 0
        while time.time() < self._live_at + 0.9 * self.seconds:
            await asyncio.sleep(self.seconds / 25)
            if not self.queue:
                continue
            question = self.queue.pop(0)
            await self.give(client, mentor, "question.take", question=question)
            await asyncio.sleep(self.seconds / 50)
            way = {"mode": "text", "text": "Sí, a las 48 horas."} if number % 2 else {"mode": "aloud"}
            await self.give(client, mentor, "question.answer", question=question, **way)
            number += 1

    async def end(self) -> dict[str, Any]:
        """The moderator closes the room; where that stands in the journal."""
        moderator = self.staff["moderator"]
        ok = await self.give(moderator.clients[0], moderator, "stage.end")
        if ok is None:
            raise RuntimeError("the room could not be ended")
        return ok
