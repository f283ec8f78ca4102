"""The recent end of one journal stream, in memory and without holes."""

from collections import deque
from collections.abc import Callable
from itertools import islice


class Ring:
    """Entries as encoded strings, contiguous up to `top`. Entries that come too early wait in `ahead`."""

    __slots__ = ("_size", "_wires", "ahead", "top")

    def __init__(self, top: int, size: int = 2000):
        self.top = top
        self.ahead: dict[int, str] = {}
        self._size = size
        self._wires: deque[str] = deque(maxlen=size)

    @property
    def floor(self) -> int:
        """Everything after this seq is here."""
        return self.top - len(self._wires)

    def offer(self, seq: int, wire: str) -> None:
        """Take an entry: known ones are dropped, the next one and what it uncovers are appended, later ones wait."""
        if seq <= self.top or len(self.ahead) >= self._size:
            return
        self.ahead[seq] = wire
        while (following := self.ahead.pop(self.top + 1, None)) is not None:
            self._wires.append(following)
            self.top += 1

    def replace(self, seq: int, change: Callable[[str], str]) -> None:
        """Change an entry in its place; nothing when it is no longer here."""
        if self.floor < seq <= self.top:
            place = seq - self.floor - 1
            self._wires[place] = change(self._wires[place])

    @property
    def has_hole(self) -> bool:
        return bool(self.ahead)

    def after(self, seq: int, limit: int) -> list[str] | None:
        """At most `limit` entries after `seq`, oldest first; None when they are no longer all here."""
        if seq < self.floor:
            return None
        start = seq - self.floor
        return list(islice(self._wires, start, start + limit))
