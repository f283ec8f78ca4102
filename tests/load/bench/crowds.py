"""What a whole room does at once: vote, fall out and come back, fall asleep."""

import re
import socket
import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

import msgspec

from tests.load.bench.figures import Latency, busiest
from tests.load.bench.links import State
from tests.load.bench.loads import Span, present, spread
from tests.load.bench.room_link import RoomLink
from tests.load.bench.swarm import Swarm

_A_SECOND: Final = 950_000_000  # ns, less what receipts jitter
_RECEIVING: Final = 262_144


def room_links(swarm: Swarm) -> list[RoomLink]:
    return [link for link in present(swarm) if isinstance(link, RoomLink)]


def tell(swarm: Swarm, *, seat: int, command: str, fields: dict[str, Any], within: float = 10.0) -> dict[str, Any]:
    """One command of the person in this seat; its `ok`. Raises LookupError when it was refused or not answered."""
    link = next(link for link in room_links(swarm) if link.seat.number == seat)
    swarm.posts += 1
    swarm.wanted_answer, swarm.answer = swarm.posts, b""
    link.write(link.command(swarm.posts, command, msgspec.json.encode(fields)[1:-1]))
    swarm.spin(within, lambda: bool(swarm.answer))
    answer = msgspec.json.decode(swarm.answer or b"{}")
    if "ok" not in answer:
        raise LookupError(f"{command} was not done: {answer}")
    ok: dict[str, Any] = answer["ok"]
    return ok


def vote(
    swarm: Swarm, *, question: str, first: int, during: float, within: float, watch: Sequence[int]
) -> dict[str, Any]:
    """Everybody from seat `first` on votes for one question, spread over `during` seconds."""
    voters = [link for link in room_links(swarm) if link.seat.number >= first]
    for link in voters:
        link.tallies.clear()
    swarm.acks.clear()
    span, begun = Span(swarm, watch), time.monotonic()
    for number, link in enumerate(voters):
        due = begun + during * number / len(voters)
        while time.monotonic() < due:
            swarm.turn(due)
        swarm.posts += 1
        link.write(link.command(swarm.posts, "question.vote", b'"question":"%s"' % question.encode()))
    all_acknowledged = swarm.spin(within, lambda: len(swarm.acks) >= len(voters))
    acknowledged = time.monotonic() - begun
    final = re.compile(rb'"%s":%d\b' % (question.encode(), len(voters)))
    is_settled = swarm.spin(within, lambda: all(final.search(link.last_tallies) for link in voters))
    settled = time.monotonic() - begun
    swarm.spin(1.0)  # frames that come after the last sum count as well
    return {
        **span.close(),
        "voters": len(voters),
        "acknowledged": acknowledged,
        "settled": settled,
        "is_settled": all_acknowledged and is_settled,
        "tally_frames": max(len(link.tallies) for link in voters),
        "busiest": max(busiest(link.tallies, _A_SECOND) for link in voters),
        "ack": asdict(Latency.of(swarm.acks)),
        **swarm.told(),
    }


def come_back(swarm: Swarm, *, within: float) -> dict[str, Any]:
    """Everybody falls out and comes back as the protocol has it. Instants are of the steady clock."""
    wanted, swarm.comes_back = swarm.up, True
    swarm.modes.clear()
    swarm.closes.clear()
    swarm.spin(within, lambda: swarm.up == 0)
    down_at, closes = time.monotonic(), dict(swarm.closes)
    swarm.spin(within, lambda: swarm.up >= wanted)
    swarm.comes_back = False
    return {
        "down_at": down_at,
        "back_at": time.monotonic(),
        "up": swarm.up,
        "wanted": wanted,
        "modes": dict(swarm.modes),
        "closes": closes,
    }


def stall(swarm: Swarm, *, count: int) -> dict[str, Any]:
    """So many stop reading."""
    for link in spread(present(swarm), count):
        swarm.deaf(link)
    return {}


def wake(swarm: Swarm, *, seconds: float) -> dict[str, Any]:
    """They read again, if only to hear the end: how they were closed since they stopped, and how many were not."""
    asleep = [link for link in swarm.links.values() if link.is_deaf]
    for link in asleep:
        link.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVING)
        swarm.listen(link)
    swarm.spin(seconds, lambda: all(link.state is State.CLOSED for link in asleep))
    return {"ends": dict(swarm.deaf_closes), "open": sum(link.state is not State.CLOSED for link in asleep)}
