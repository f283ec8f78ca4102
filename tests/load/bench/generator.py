"""The load generator's process: `python -m tests.load.bench.generator room|plain`.

One JSON order a line comes in, `{"do": "join", …}`, and one JSON line goes out: `{"ok": {…}}` or `{"err": "…"}`.
Between orders it goes on reading and answering pings.
"""

import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from tests.load.bench import crowds, loads
from tests.load.bench.links import Seat
from tests.load.bench.swarm import Swarm

_IDLE_SECONDS = 3600.0  # between two orders; then it takes itself for forgotten


class Generator:
    def __init__(self, kind: str) -> None:
        self.swarm = Swarm(kind)
        self._orders: list[bytes] = []
        self.swarm.watch(sys.stdin.fileno(), self._read)

    def serve(self) -> None:
        """Obey until the orders end."""
        does: dict[str, Callable[..., dict[str, Any]]] = {
            "join": self.join,
            "flood": lambda **order: loads.flood(self.swarm, **order),
            "pace": lambda **order: loads.pace(self.swarm, **order),
            "idle": lambda **order: loads.idle(self.swarm, **order),
            "tell": lambda **order: crowds.tell(self.swarm, **order),
            "vote": lambda **order: crowds.vote(self.swarm, **order),
            "return": lambda **order: crowds.come_back(self.swarm, **order),
            "stall": lambda **order: crowds.stall(self.swarm, **order),
            "wake": lambda **order: crowds.wake(self.swarm, **order),
        }
        while self.swarm.spin(_IDLE_SECONDS, lambda: bool(self._orders)):
            line = self._orders.pop(0)
            if not line:
                return
            order = msgspec.json.decode(line)
            answer: dict[str, Any]
            try:
                answer = {"ok": does[order.pop("do")](**order)}
            except Exception:
                answer = {"err": traceback.format_exc()}
            sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
            sys.stdout.buffer.flush()

    def join(self, *, seats: str, at_once: int, within: float, watch: list[int], padding: int) -> dict[str, Any]:
        """Everybody in the file `seats` (one JSON object a line) comes in; `seconds` until the last is in."""
        self.swarm.padding = "x" * padding
        lines = Path(seats).read_bytes().splitlines()
        people = [msgspec.json.decode(line, type=Seat) for line in lines]
        wanted = self.swarm.up + len(people)
        span = loads.Span(self.swarm, watch)
        self.swarm.comes_back = True  # who is refused in the rush tries again, as the protocol has it
        self.swarm.seat(people, at_once)
        self.swarm.spin(within, lambda: self.swarm.up >= wanted)
        self.swarm.comes_back = False
        return {**span.close(), "up": self.swarm.up, "wanted": wanted, **self.swarm.told()}

    def _read(self) -> None:
        """Whole lines only: orders are short, and each comes in one write."""
        self._orders.append(sys.stdin.buffer.readline())


if __name__ == "__main__":
    Generator(sys.argv[1]).serve()
