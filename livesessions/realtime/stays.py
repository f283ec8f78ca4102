"""Long polls come and go, the stay behind them goes on: its span keeps one key while polls follow closely."""

from uuid import UUID

from livesessions.room.queries.members import Member


class Stays:
    """Of one room."""

    def __init__(self, patience: float):
        self._patience = patience
        self._stays: dict[tuple[str, str], tuple[UUID, float]] = {}

    def key_of(self, member: Member, device: str, fresh: UUID, now: float) -> UUID:
        """The key of the stay that this poll goes on with, or `fresh` for a new one."""
        key, seen = self._stays.get((member.id, device), (fresh, now))
        if now - seen > self._patience:
            key = fresh
        self._stays[member.id, device] = (key, now)
        return key

    def over(self, now: float) -> list[UUID]:
        """Forget and name the stays that no poll has gone on with."""
        gone = {who: key for who, (key, seen) in self._stays.items() if now - seen > self._patience}
        for who in gone:
            del self._stays[who]
        return list(gone.values())

    @property
    def are_any(self) -> bool:
        return bool(self._stays)
