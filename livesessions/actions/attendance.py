"""Writing down attendance facts: the spans the server saw, and those declared at the door."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from courses.models import Channel
from livesessions.models import PresenceSpan, Room, SpanSource
from livesessions.rules.members import Member

_BATCH = 500
_COLUMNS = ("key", "room", "person", "channel", "source", "started_at", "last_seen_at", "ended_at")


@dataclass(frozen=True, slots=True)
class SpanFact:
    """What is known of one stay at this moment. `key` is made with the stay, so that telling it again tells the same.

    `last_seen_at` is the last sign of life; a clean end has `ended_at` equal to it.
    """

    key: UUID
    room_pk: int
    person_pk: int
    channel: str
    source: str
    started_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None = None


def record(spans: Sequence[SpanFact]) -> None:
    """Upsert the spans by key, one statement per 500. Repeated or reordered writes change nothing.

    The latest sign of life wins; at the same instant an ended span stays ended. A clock that went backwards cannot
    put a sign of life before the start.
    """
    latest: dict[UUID, SpanFact] = {}
    for fact in spans:
        known = latest.get(fact.key)
        if known is None or _rank(fact) > _rank(known):
            latest[fact.key] = fact
    if not latest:
        return
    facts = sorted(latest.values(), key=lambda fact: fact.key)  # one order for all processes: no deadlock
    with transaction.atomic():
        for start in range(0, len(facts), _BATCH):
            _upsert(facts[start : start + _BATCH])


def close_stale(now: datetime, older_than_seconds: float) -> int:
    """End the connections of dead processes at their last sign of life; how many there were.

    What people wrote down (code at the door, roll call) has no heartbeat and is left alone.
    """
    return PresenceSpan.objects.filter(
        source__in=SpanSource.heartbeats(),
        ended_at=None,
        last_seen_at__lt=now - timedelta(seconds=older_than_seconds),
    ).update(ended_at=F("last_seen_at"))


def begin(*, room: Room, member: Member, channel: Channel, source: SpanSource, at: datetime) -> PresenceSpan:
    """The declared stay of a person that is open since `at`, or since before. The database holds it to one."""
    span, _ = PresenceSpan.objects.get_or_create(
        room=room,
        person_id=member.pk,
        source=source,
        ended_at=None,
        defaults={"key": uuid4(), "channel": channel, "started_at": at, "last_seen_at": at},
    )
    return span


def end(*, room: Room, member: Member, source: SpanSource, at: datetime) -> bool:
    """End the declared stay of a person, if one is open; whether it was."""
    left_at = Greatest(F("started_at"), Value(at))
    spans = PresenceSpan.objects.filter(room=room, person_id=member.pk, source=source, ended_at=None)
    return bool(spans.update(ended_at=left_at, last_seen_at=left_at))


def _rank(fact: SpanFact) -> tuple[datetime, bool]:
    return fact.last_seen_at, fact.ended_at is not None


def _upsert(facts: Iterable[SpanFact]) -> None:
    fields = [_field(name) for name in _COLUMNS]
    rows = [_values(fact) for fact in facts]
    table = PresenceSpan._meta.db_table
    row = "(" + ", ".join(["%s"] * len(fields)) + ")"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(str(field.column) for field in fields)})"  # noqa: S608
            f" VALUES {', '.join([row] * len(rows))}"
            " ON CONFLICT (key) DO UPDATE SET last_seen_at = excluded.last_seen_at, ended_at = excluded.ended_at"
            f" WHERE excluded.last_seen_at > {table}.last_seen_at"
            f" OR (excluded.last_seen_at = {table}.last_seen_at AND {table}.ended_at IS NULL)",
            [
                field.get_db_prep_save(value, connection)
                for values in rows
                for field, value in zip(fields, values, strict=True)
            ],
        )


def _field(name: str) -> "models.Field[Any, Any]":
    field = PresenceSpan._meta.get_field(name)
    assert isinstance(field, models.Field)  # noqa: S101
    return field


def _values(fact: SpanFact) -> tuple[Any, ...]:
    seen_at = max(fact.last_seen_at, fact.started_at)
    ended_at = None if fact.ended_at is None else max(fact.ended_at, fact.started_at)
    return (fact.key, fact.room_pk, fact.person_pk, fact.channel, fact.source, fact.started_at, seen_at, ended_at)
