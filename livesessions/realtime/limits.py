"""How often a person may do things in a room, whatever the number of their connections."""

from django.conf import settings

from livesessions.room.rules.limits import Bucket, Limit

LIMITS = {
    "all": Limit(rate=20, burst=60),
    "chat": Limit(rate=1 / 2, burst=10),
    "question": Limit(rate=1 / 20, burst=3),
    "vote": Limit(rate=1, burst=20),
    "history": Limit(rate=2, burst=20),
}
_BEAT_BURST = 40  # seconds' worth of beats at once: who catches up confirms every frame
_POLL = Limit(rate=2, burst=40)
# Frames sent on in spite of being told to wait; past that it is no longer haste.
_DEAF = Limit(rate=20, burst=200)


class Flooding(Exception):
    """The person goes on sending long after being told to wait: close with 4007."""


class Allowance:
    """The buckets of one person in one room."""

    __slots__ = ("_buckets",)

    def __init__(self) -> None:
        self._buckets: dict[str, Bucket] = {}

    def charge(self, name: str, now: float) -> int:
        """0 when it may be done, else the milliseconds to wait. Raises Flooding for who does not wait."""
        wait = self._take(name, LIMITS[name], now)
        if wait and name == "all" and self._take("deaf", _DEAF, now):
            raise Flooding
        return int(wait * 1000) + 1 if wait else 0

    def beat(self, now: float) -> None:
        """Count a sign of life. Raises Flooding: no client of ours shows so many."""
        rate = settings.ROOM_BEATS_PER_SECOND
        if self._take("beat", Limit(rate=rate, burst=int(rate * _BEAT_BURST)), now):
            raise Flooding

    def poll(self, now: float) -> None:
        """Count a long poll. Raises Flooding for who asks again and again without waiting."""
        if self._take("poll", _POLL, now):
            raise Flooding

    def give_back(self, name: str) -> None:
        """What was charged for could not be done, through no fault of the person's."""
        self._buckets[name].give_back()

    def _take(self, name: str, limit: Limit, now: float) -> float:
        if name not in self._buckets:
            factor = settings.ROOM_RATE_FACTOR
            self._buckets[name] = Bucket(Limit(limit.rate * factor, int(limit.burst * factor)), now)
        return self._buckets[name].take(now)
