"""What the load generator does once its people are in the room."""

import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from tests.load.bench.figures import Latency, cpu_seconds
from tests.load.bench.links import Link, State
from tests.load.bench.swarm import Swarm

SAMPLE: Final = 20  # connections whose every message is timed
_SETTLING: Final = 15.0  # seconds for what is under way to arrive


class Span:
    """What happened between its making and `close`: counts, seconds, CPU here and of the watched processes."""

    def __init__(self, swarm: Swarm, watch: Sequence[int]) -> None:
        self._swarm, self._watch = swarm, watch
        self._counts = swarm.count()
        self._cpu = time.process_time()
        self._theirs = [cpu_seconds(pid) for pid in watch]
        self._begun = time.monotonic()

    def close(self) -> dict[str, Any]:
        seconds = time.monotonic() - self._begun
        now = self._swarm.count()
        return {
            **{name: now[name] - before for name, before in self._counts.items()},
            "seconds": seconds,
            "generator_cpu": (time.process_time() - self._cpu) / seconds,
            "server_cpu": [
                (cpu_seconds(pid) - before) / seconds for pid, before in zip(self._watch, self._theirs, strict=True)
            ],
        }


def spread(links: Sequence[Link], count: int, offset: int = 0) -> list[Link]:
    """So many of them, evenly."""
    count = min(count, len(links))
    return [links[(offset + n * len(links) // count) % len(links)] for n in range(count)]


def present(swarm: Swarm) -> list[Link]:
    """Those in the room who listen, in the order of their seats."""
    there = (link for link in swarm.links.values() if link.state is State.UP and not link.is_deaf)
    return sorted(there, key=lambda link: link.seat.number)


def flood(
    swarm: Swarm, *, posters: int, window: int, warm: float, seconds: float, watch: Sequence[int]
) -> dict[str, Any]:
    """A closed loop: each poster keeps `window` messages under way; one is through when it came back to its author."""
    links = present(swarm)
    chosen = _listen_in(swarm, links, posters)
    for link in chosen:
        link.window = window
        link.top_up()
    swarm.spin(warm)
    swarm.latencies.clear()
    swarm.acks.clear()
    span = Span(swarm, watch)
    swarm.spin(seconds)
    figures = span.close()
    told = _timed(swarm)
    for link in chosen:
        link.window = 0
    settled = swarm.spin(_SETTLING, lambda: not any(link.in_flight > 0 for link in chosen))
    return {**figures, **told, "is_settled": settled}


def pace(
    swarm: Swarm, *, posters: int, per_second: float, burst: int, warm: float, seconds: float, watch: Sequence[int]
) -> dict[str, Any]:
    """An open loop: messages leave at their instants whatever became of the earlier ones, `burst` at a time, and are
    timed from the instant they were due, so that a generator which comes late counts against the figure.
    """
    links = present(swarm)
    chosen = _listen_in(swarm, links, posters)
    _post_until(swarm, chosen, per_second, warm, burst)
    swarm.spin(_SETTLING, lambda: not any(link.in_flight > 0 for link in chosen))
    swarm.latencies.clear()
    swarm.acks.clear()
    due = {link: link.deliveries for link in links}
    span = Span(swarm, watch)
    posted = _post_until(swarm, chosen, per_second, seconds, burst)
    figures = span.close()
    settled = swarm.spin(_SETTLING, lambda: all(link.deliveries >= due[link] + posted for link in links))
    return {**figures, **_timed(swarm), "posted": posted, "is_settled": settled}


def idle(swarm: Swarm, *, seconds: float, watch: Sequence[int]) -> dict[str, Any]:
    """Nobody does anything but to answer pings."""
    span = Span(swarm, watch)
    swarm.spin(seconds)
    return span.close()


def _listen_in(swarm: Swarm, links: Sequence[Link], posters: int) -> list[Link]:
    """Choose who posts and who is timed; what goes wrong is counted from here on."""
    swarm.closes.clear()
    swarm.refused.clear()
    for link in links:
        link.is_sampled, link.own_mark, link.in_flight = False, b"", 0
    for link in spread(links, SAMPLE, offset=1):
        link.is_sampled = True
    chosen = spread(links, posters)
    for number, link in enumerate(chosen):
        link.own_mark = b"@p%04d@" % number
    return chosen


def _post_until(swarm: Swarm, posters: Sequence[Link], per_second: float, seconds: float, burst: int) -> int:
    """Post at an even pace for so long; how many were posted."""
    begun, count = time.monotonic_ns(), max(1, round(per_second * seconds / burst)) * burst
    for number in range(count):
        due = begun + int(number // burst * burst / per_second * 1e9)
        swarm.turn(due / 1e9)  # whoever is late still listens
        while time.monotonic_ns() < due:
            swarm.turn(due / 1e9)
        posters[number % len(posters)].post(due)
    swarm.spin(max(0.0, begun / 1e9 + seconds - time.monotonic()))
    return count


def _timed(swarm: Swarm) -> dict[str, Any]:
    return {
        "latency": asdict(Latency.of(swarm.latencies)),
        "ack": asdict(Latency.of(swarm.acks)),
        **swarm.told(),
        "holes": sum(link.has_hole for link in swarm.links.values()),
    }
