"""Back-pressure: how many bytes are on their way to one client and not yet confirmed."""

from collections import deque
from collections.abc import Mapping


class Budget:
    """Counts what was sent and what `seen` confirmed. A server cannot feel a slow reader: the ASGI server buffers
    without bound, so bytes confirmed by the client are the only brake.
    """

    __slots__ = ("_confirmed", "_limit", "_marks", "_sent", "stalled_since")

    def __init__(self, limit: int):
        self._limit = limit
        self._sent = 0
        self._confirmed = 0
        self._marks: deque[tuple[str, int, int]] = deque()  # (stream or "", its seq, bytes sent by then)
        self.stalled_since: float | None = None

    @property
    def unconfirmed(self) -> int:
        return self._sent - self._confirmed

    @property
    def is_spent(self) -> bool:
        return self.unconfirmed >= self._limit

    @property
    def has_room_for_extras(self) -> bool:
        """Whether what may be dropped (presence, tallies) may still be sent."""
        return self.unconfirmed < self._limit // 2

    def sent(self, size: int, now: float, stream: str = "", seq: int = 0) -> None:
        """`size` bytes left; those of a push are confirmed by seeing `seq` in `stream`, those of a ping by any beat."""
        self._sent += size
        if stream or seq == PING:
            self._marks.append((stream, seq, self._sent))
        if self.is_spent and self.stalled_since is None:
            self.stalled_since = now

    def seen(self, seen: Mapping[str, int]) -> None:
        """The client applied everything up to these seqs."""
        while self._marks:
            stream, seq, total = self._marks[0]
            if stream and seen.get(stream, -1) < seq:
                return
            self._confirmed = total
            self._marks.popleft()
            self.stalled_since = None


PING = -1
