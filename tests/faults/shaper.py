"""The process behind a thin, lossy link: packets between two TUN devices, shaped in user space (no `tc netem`).

Every IP packet waits for the rate, then half the round trip, and may be lost. `links.py` starts it and says how to use
it.
"""

import argparse
import fcntl
import heapq
import json
import os
import random
import select
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Final

TUN: Final = Path("/dev/net/tun")
_SETTING: Final = Path("/proc/sys/net/ipv4/tcp_congestion_control")
_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
_MTU: Final = 1400  # bytes, as behind a mobile operator's tunnel
_LARGEST_PACKET: Final = 65_536
_BYTES_PER_KBIT: Final = 125

Counts = dict[str, dict[str, int]]  # "down" and "up": packets, dropped, bytes that arrived


@dataclass(frozen=True)
class Link:
    """`down` (towards the namespace) and `up` in kbit/s, the round trip in ms, `loss` in percent each way, the queue
    before each direction in bytes. `is_out`: nothing passes, what was on its way is gone.
    """

    down: float = 256
    up: float = 64
    rtt: float = 600
    loss: float = 5
    queue: int = 32_000
    is_out: bool = False
    congestion: str = ""

    def shared_by(self, people: int) -> "Link":
        """The same share of a link for each of so many people."""
        return replace(self, down=self.down * people, up=self.up * people, queue=self.queue * people)

    @property
    def delay(self) -> float:
        """Seconds one way."""
        return self.rtt / 2000


class Lane:
    """One direction: whether a packet passes, and when it arrives. Time (seconds) and chance are arguments."""

    def __init__(self) -> None:
        self.packets = self.dropped = self.bytes = 0
        self._free_at = 0.0  # when the line has sent what waits for it

    def admit(self, size: int, now: float, chance: float, rate: float, link: Link) -> float | None:
        """When `size` bytes arrive at a `rate` in kbit/s; None when the queue is full or `chance` (0 to 1) loses them.

        What is lost on the way has taken its time on the line all the same.
        """
        self.packets += 1
        per_second = rate * _BYTES_PER_KBIT
        waiting = max(0.0, self._free_at - now) * per_second
        if link.is_out or waiting + size > link.queue:
            self.dropped += 1
            return None
        self._free_at = max(self._free_at, now) + size / per_second
        if chance * 100 < link.loss:
            self.dropped += 1
            return None
        self.bytes += size
        return self._free_at + link.delay

    @property
    def counts(self) -> dict[str, int]:
        return {"packets": self.packets, "dropped": self.dropped, "bytes": self.bytes}


class Shaper:
    """Moves packets between two devices, given as open files, for as long as `commands` stays open.

    A line on `commands` is an object with the fields of Link that change; `answer` gets the counters so far for each.
    """

    def __init__(self, here: int, there: int, link: Link, answer: Callable[[Counts], None]) -> None:
        self._link, self._answer = link, answer
        self._lanes = {here: Lane(), there: Lane()}  # by the device that packets come from
        self._here, self._there = here, there
        self._under_way: list[tuple[float, int, int, bytes]] = []  # arrival, order, device, packet
        self._order = count()

    def run(self, commands: int) -> None:
        while True:
            timeout = max(0.0, self._under_way[0][0] - time.monotonic()) if self._under_way else None
            ready, _, _ = select.select([*self._lanes, commands], [], [], timeout)
            for device in ready:
                if device != commands:
                    self._take(device)
                elif not self._obey(os.read(commands, _LARGEST_PACKET)):
                    return
            self._deliver()

    def _obey(self, lines: bytes) -> bool:
        for line in lines.splitlines():
            self._link = replace(self._link, **json.loads(line))
            if self._link.is_out:
                self._under_way.clear()
            self._answer({"down": self._lanes[self._here].counts, "up": self._lanes[self._there].counts})
        return bool(lines)

    def _take(self, device: int) -> None:
        """Everything that waits at a device."""
        downwards = device == self._here
        rate = self._link.down if downwards else self._link.up
        target = self._there if downwards else self._here
        with suppress(BlockingIOError):
            while packet := os.read(device, _LARGEST_PACKET):
                now = time.monotonic()
                arrival = self._lanes[device].admit(len(packet), now, random.random(), rate, self._link)
                if arrival is not None:
                    heapq.heappush(self._under_way, (arrival, next(self._order), target, packet))

    def _deliver(self) -> None:
        now = time.monotonic()
        while self._under_way and self._under_way[0][0] <= now:
            _, _, device, packet = heapq.heappop(self._under_way)
            with suppress(OSError):  # the device's own queue is full: one more lost packet
                os.write(device, packet)


def _main() -> None:
    """Make the namespace and shape until standard input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("link", type=json.loads)
    words = parser.parse_args()
    link = Link(**words.link)
    try:
        _ip("netns", "add", words.name)
        subnet = _free_subnet()
        here, there = _device(f"{words.name}-h"), _device(f"{words.name}-n")
        _ip("link", "set", f"{words.name}-n", "netns", words.name)
        _set_up([], f"{words.name}-h", subnet, 1, link.congestion)
        _set_up(["-n", words.name], f"{words.name}-n", subnet, 2, link.congestion)
        _tell({"host": f"{subnet}.1", "congestion": link.congestion or _SETTING.read_text().strip()})
        Shaper(here, there, link, _tell).run(sys.stdin.fileno())
    except (OSError, subprocess.CalledProcessError) as error:
        reason = error.stderr if isinstance(error, subprocess.CalledProcessError) else str(error)
        _tell({"error": f"The link could not be made: {reason}"})
    finally:
        remove(words.name)


def remove(name: str) -> None:
    """Remove the namespace, if it is there."""
    subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)


def _device(name: str) -> int:
    """An open TUN device; it goes with the file."""
    device = os.open(TUN, os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, _TUNSETIFF, struct.pack("16sH", name.encode(), _IFF_TUN | _IFF_NO_PI))
    return device


def _set_up(where: list[str], device: str, subnet: str, number: int, congestion: str) -> None:
    """The device's address and route; `where` names its namespace."""
    _ip(*where, "addr", "add", f"{subnet}.{number}/24", "dev", device, "noprefixroute")
    _ip(*where, "link", "set", device, "up", "mtu", str(_MTU))
    _ip(*where, "link", "set", "lo", "up")
    pinned = ["congctl", congestion] if congestion else []
    _ip(*where, "route", "add", f"{subnet}.0/24", "dev", device, "src", f"{subnet}.{number}", *pinned)


def _free_subnet() -> str:
    """The first three numbers of a /24 that no device here has."""
    taken = _ip("-4", "-o", "addr")
    free = [f"10.88.{n}" for n in range(1, 255) if f" 10.88.{n}." not in taken]
    return random.choice(free)


def _ip(*words: str) -> str:
    return subprocess.run(["ip", *words], check=True, capture_output=True, text=True).stdout


def _tell(answer: object) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    _main()
