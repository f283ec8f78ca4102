"""What goes wrong, one function each, under a talk that goes on. Tests of faults and of mutants share them."""

import asyncio
import subprocess
import time
from typing import Final

from tests.faults.room import LiveRoom
from tests.faults.services import OwnPostgresql, OwnRedis
from tests.faults.talk import Talk, recoveries
from tests.load.client import Client

BACK: Final = 30.0  # seconds in which everybody must be back after a server ended
EXIT: Final = 15.0  # seconds in which a server must be gone after SIGTERM
HEALED: Final = 2.5  # seconds in which what the doorbell lost must be noticed and read
LOSSY: Final = {"DJANGO_SETTINGS_MODULE": "tests.faults.lossy_settings"}
SOME_LOST: Final = 11  # messages of one server, of which a lossy layer is certain to lose one
RARE_SYNC: Final = {"ANFITEATRO_ROOM_SYNC_SECONDS": "20"}  # leaves time to arrive knowing more than the server
_UNSENT: Final = 0.3  # seconds of frames that a dying machine takes with it


async def killed(room: LiveRoom, index: int) -> list[float]:
    """kill -9 of a server, started again at once on the same port; the seconds until each of its people was greeted.
    Afterwards they are at home again.

    As with a machine that dies, the last frames it sent never arrive: what it committed then nobody was told.
    """
    victims = at(room, index)
    for client in victims:
        client.stall()
    await asyncio.sleep(_UNSENT)
    moment = time.time()
    room.servers.kill(index)
    for client in victims:
        client.drop()
    await asyncio.gather(asyncio.to_thread(room.servers.restart, index), room.everybody(BACK))
    found = recoveries(victims, moment)
    await room.go_home(victims)
    return found


async def overtaken(room: LiveRoom, talk: Talk, redis: OwnRedis) -> None:
    """People of server 1 know entries that server 0 has not heard of, and come to it: the doorbell is out of order, and
    their server is killed. Two servers, and nobody else speaks meanwhile.
    """
    redis.kill()
    theirs = at(room, 1)
    people = [person for person in room.truth.people if person.clients[0] in theirs]
    answers = [talk.say(person) for person in people]
    top = max(ok["seq"] for ok in await asyncio.gather(*answers))
    await asyncio.gather(*(client.reach("room", top, BACK) for client in theirs))
    room.servers.kill(1)
    for client in theirs:
        client.drop()
    await room.everybody(BACK)


async def redis_away(talk: Talk, redis: OwnRedis, seconds: float) -> tuple[float, list[float]]:
    """Redis is killed and comes back: the longest time without an acknowledgement, the seconds of each delivery."""
    before, since = talk.deliveries(), time.time()
    redis.kill()
    await talk.go_on(seconds)
    until, heard = time.time(), talk.delivery_seconds(before)
    await asyncio.to_thread(redis.start)
    return talk.silence(since, until), heard


async def postgresql_away(talk: Talk, cluster: OwnPostgresql, seconds: float) -> float:
    """PostgreSQL is killed and recovers; the seconds from its return to the next acknowledgement."""
    await asyncio.to_thread(cluster.kill)
    await talk.go_on(seconds)
    await asyncio.to_thread(cluster.start)
    back = time.time()
    await talk.acknowledgement(after=back, within=BACK)
    return min((at for at in talk.answered.values() if at > back), default=float("inf")) - back


async def lone_messages(talk: Talk, count: int) -> list[float]:
    """One message after another at server 0, each in a silence in which only the counters tell that it was lost. For
    each the seconds from its acknowledgement until everybody had seen it; infinite, and the last, when somebody had
    not in good time.
    """
    found = []
    here = at(talk.room, 0)
    people = [person for person in talk.room.truth.people if person.clients[0] in here]
    for number in range(count):
        seq = (await talk.say(people[number % len(people)]))["seq"]
        begun = time.monotonic()
        seen = await asyncio.gather(*(client.reach("room", seq, 2 * HEALED) for client in talk.room.clients))
        found.append(time.monotonic() - begun if all(seen) else float("inf"))
        if not all(seen):
            break
    return found


async def drained(room: LiveRoom, index: int) -> list[str]:
    """SIGTERM, and a new start on the same port; what did not go as promised."""
    there = at(room, index)
    before = {client: (len(client.record.closes), client.record.byes) for client in there}
    try:
        code = await asyncio.to_thread(room.servers.terminate, index, EXIT)
        breaches = [f"the server left with exit code {code}"] if code else []
    except subprocess.TimeoutExpired:
        room.servers.kill(index)
        breaches = [f"the server was not gone after {EXIT:.0f} s"]
    await asyncio.to_thread(room.servers.restart, index)
    if not await room.everybody(BACK):
        breaches.append("somebody is not back")
    for client, (closes, byes) in before.items():
        if (told := client.record.closes[closes:]) != [4001]:
            breaches.append(f"somebody saw {told} instead of [4001]")
        if client.record.byes != byes + 1:
            breaches.append(f"somebody heard {client.record.byes - byes} farewells")
    await room.go_home(there)
    return breaches


def at(room: LiveRoom, index: int) -> list[Client]:
    """The clients that are at a server now."""
    return [client for client in room.clients if client.sockets[0] == room.home(index)]
