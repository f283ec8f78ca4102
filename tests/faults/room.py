"""Servers of our own, a live room on them, and its people: where every fault is tried out."""

import asyncio
import json
import os
import random
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from tests.faults.services import OwnRedis, own_redis
from tests.load import scaled
from tests.load.checks import Journal
from tests.load.client import Client
from tests.load.record import Entry, Record
from tests.load.servers import SERVER, Servers, spawned
from tests.load.truth import Person, Truth

_AT_ONCE: Final = 50  # people who come in together
_TICKETS: Final = {"ANFITEATRO_ROOM_TICKET_SECONDS": "7200"}  # a client of ours fetches no new one


@dataclass
class House:
    """Two servers or more on one PostgreSQL database, and the Redis between them, which is theirs alone."""

    servers: Servers
    redis: OwnRedis


@contextmanager
def house(
    count: int = 2, *, database: str = "", program: Sequence[str] = SERVER, more: Mapping[str, str] | None = None
) -> Iterator[House]:
    """Start them. `database` is the address of a PostgreSQL server, the one of the test run unless given; they get a
    new database there. `program` and `more` as for `spawned`.
    """
    with ExitStack() as afterwards:
        own = afterwards.enter_context(scaled.own_database(database) if database else _copy())
        redis = afterwards.enter_context(own_redis())
        settings = _TICKETS | dict(more or {})
        running = spawned(count, database=own, redis=redis.url, program=program, more=settings, is_ready=not database)
        yield House(afterwards.enter_context(running), redis)


def _copy() -> AbstractContextManager[str]:
    """A copy of a database that was made ready once in this run."""
    server = os.environ["TEST_DATABASE_URL"]
    return scaled.own_database(server, like=_ready(server).rpartition("/")[2])


@cache
def _ready(server: str) -> str:
    """The address of a database with the tables and the demonstration, dropped by `tidy`."""
    database = _to_tidy.enter_context(scaled.own_database(server))
    with spawned(1, database=database):
        return database


def tidy() -> None:
    """At the end of the run: drop the databases that houses were copied from."""
    _to_tidy.close()


_to_tidy = ExitStack()


@contextmanager
def cottage(
    *, host: str = "127.0.0.1", program: Sequence[str] = SERVER, more: Mapping[str, str] | None = None
) -> Iterator[Servers]:
    """One server on SQLite, with no service, at an address of this machine."""
    with spawned(1, host=host, program=program, more=_TICKETS | dict(more or {})) as running:
        yield running


@dataclass
class _Shared(Record):
    """A record that keeps one copy of what many saw, so that an hour of talk among hundreds fits into memory."""

    pool: Journal = field(default_factory=dict)

    def keep(self, entry: Entry, at: float) -> None:
        known = self.pool.setdefault((entry["st"], entry["seq"]), entry)
        super().keep(known if known == entry else entry, at)


@dataclass
class LiveRoom:
    """`name` is the room's public id; `truth` knows its people, each with one client, and what they said."""

    name: str
    servers: Servers
    truth: Truth = field(default_factory=Truth)
    patience: float = 1.0
    chance: random.Random = field(default_factory=random.Random)
    pool: Journal = field(default_factory=dict)

    @property
    def clients(self) -> list[Client]:
        return self.truth.clients

    @property
    def database(self) -> str:
        """The address of the servers' database."""
        return self.servers.settings["DATABASE_URL"]

    def socket(self, site: str) -> str:
        """The address of the room's socket at a server or a proxy, given as http://host:port."""
        return f"{site.replace('http', 'ws', 1)}/ws/rooms/{self.name}/"

    def home(self, number: int) -> str:
        """The server at which the n-th client prefers to be."""
        return self.socket(self.servers.urls[number % len(self.servers.urls)])

    def invite(self, count: int, *, role: str = "attendee", via: Sequence[str] = ()) -> list[Person]:
        """New people with clients that are not started. Each knows all the servers, and tries its own first; or, with
        `via`, reaches the room through these addresses alone (http://host:port).
        """
        tickets = self.servers.manage("room_tickets", self.name, "--count", str(count), "--role", role).splitlines()
        return [self._person(json.loads(line), role, via) for line in tickets]

    async def admit(self, people: Sequence[Person], within: float = 60.0) -> None:
        """Start their clients, so many at a time; all have been greeted when this returns."""
        clients = [client for person in people for client in person.clients]
        for first in range(0, len(clients), _AT_ONCE):
            for client in clients[first : first + _AT_ONCE]:
                client.start()
            await asyncio.gather(*(client.ready(within) for client in clients[first : first + _AT_ONCE]))

    async def go_home(self, clients: Iterable[Client], within: float = 60.0) -> None:
        """These open the page anew, at their own server: nobody is where the last fault drove them, nor does anybody
        wait the longer for what happened before.
        """
        homes = {client: self.home(number) for number, client in enumerate(self.clients)}

        async def anew(client: Client) -> None:
            await client.pause()
            client.sockets.sort(key=lambda socket: socket != homes[client])
            client.start()

        await asyncio.gather(*map(anew, clients))
        await self.everybody(within)

    async def everybody(self, within: float) -> bool:
        """Wait until all are greeted; False when somebody is not by then."""
        try:
            async with asyncio.timeout(within):
                for client in self.clients:
                    while not client.is_up.is_set():
                        await client.is_up.wait()
        except TimeoutError:
            return False
        return True

    def _person(self, ticket: dict[str, str], role: str, via: Sequence[str]) -> Person:
        sites = list(via) or self.servers.urls
        first = len(self.truth.people) % len(sites)
        client = Client(
            *(self.socket(site) for site in [*sites[first:], *sites[:first]]),
            ticket=ticket["ticket"],
            origin=self.servers.urls[0],
            patience=self.patience,
            chance=random.Random(self.chance.random()),
        )
        client.record = _Shared(pool=self.pool)
        person = Person(ticket["name"], "", "remote", "", is_attendee=role == "attendee", id=ticket["person"])
        person.clients.append(client)
        person.stayed.append(client)
        self.truth.people.append(person)
        return person


@asynccontextmanager
async def live_room(
    servers: Servers,
    count: int,
    *,
    role: str = "attendee",
    via: Sequence[str] = (),
    patience: float = 1.0,
    seed: int = 1,
) -> AsyncIterator[LiveRoom]:
    """A new live room with so many people in it; they leave at the end. `patience` scales their delays."""
    name = json.loads(servers.manage("rehearsal_room").splitlines()[-1])["room"]
    room = LiveRoom(name, servers, patience=patience, chance=random.Random(seed))
    try:
        await room.admit(room.invite(count, role=role, via=via) if count else [])
        yield room
    finally:
        await asyncio.gather(*(client.leave() for client in room.clients), return_exceptions=True)
