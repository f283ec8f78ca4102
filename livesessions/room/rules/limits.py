"""Token buckets: how often something may be done. Time is given, in seconds of any steady clock."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """`rate` tokens a second flow in, at most `burst` are kept."""

    rate: float
    burst: int


class Bucket:
    """One person's account under one limit; starts full."""

    __slots__ = ("_at", "_limit", "_tokens")

    def __init__(self, limit: Limit, at: float):
        self._limit = limit
        self._tokens = float(limit.burst)
        self._at = at

    def give_back(self) -> None:
        """Undo a `take`: what it was taken for did not happen."""
        self._tokens = min(float(self._limit.burst), self._tokens + 1.0)

    def take(self, at: float) -> float:
        """0.0 when a token was taken, else the seconds until there is one. A clock that went back adds nothing."""
        flowed = max(0.0, at - self._at) * self._limit.rate
        self._tokens = min(float(self._limit.burst), self._tokens + flowed)
        self._at = max(self._at, at)
        if self._tokens >= 1.0:
            self._tokens -= 1.0
            return 0.0
        return (1.0 - self._tokens) / self._limit.rate
