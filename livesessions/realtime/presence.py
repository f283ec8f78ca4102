"""Attendance facts of this process's connections, written once a tick for everybody together."""

import logging
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from livesessions.attendance.actions import spans
from livesessions.attendance.actions.spans import SpanFact
from livesessions.realtime.database import DatabaseThread

logger = logging.getLogger(__name__)


class Presence:
    """Keeps the facts that changed since the last tick. A tick that fails is repeated with the next one: the facts
    are upserts, so telling them twice tells them once.
    """

    def __init__(self, thread: DatabaseThread):
        self._thread = thread
        self._open: dict[UUID, SpanFact] = {}
        self._changed: dict[UUID, SpanFact] = {}

    def began(self, fact: SpanFact) -> None:
        self._open[fact.key] = self._changed[fact.key] = fact

    def began_or_seen(self, fact: SpanFact) -> None:
        """A poll: the first of a stay begins it, the next ones are signs of life."""
        if fact.key in self._open:
            self.seen(fact.key, fact.last_seen_at)
        else:
            self.began(fact)

    def seen(self, key: UUID, at: datetime) -> None:
        """A sign of life."""
        if fact := self._open.get(key):
            self._open[key] = self._changed[key] = replace(fact, last_seen_at=max(at, fact.last_seen_at))

    def ended(self, key: UUID, at: datetime | None = None) -> None:
        """The stay is over: at `at` when the client said so itself, else at its last sign of life."""
        if fact := self._open.pop(key, None):
            last = max(at or fact.last_seen_at, fact.last_seen_at)
            self._changed[key] = replace(fact, last_seen_at=last, ended_at=last)

    async def flush(self) -> set[int]:
        """Write what changed; the rooms (database keys) it concerns."""
        facts, self._changed = self._changed, {}
        if not facts:
            return set()
        try:
            await self._thread.run(spans.record, list(facts.values()))
        except Exception as error:
            logger.warning("%d attendance facts wait for the database: %s", len(facts), error)
            self._changed = {**facts, **self._changed}
            return set()
        return {fact.room_pk for fact in facts.values()}
