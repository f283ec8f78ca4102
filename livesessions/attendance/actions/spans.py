"""Writing down attendance facts: the spans the server saw, and those declared at the door."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from courses.programme.models import Participation
from livesessions.attendance.models import PresenceSpan, SpanSource
from livesessions.room.models import Room
from livesessions.room.rules.members import Member

# The facts travel as one JSON array: one statement and one parameter, however many they are.
_FACTS = {
    "postgresql": """
        SELECT key, room_pk, person_pk, channel, source, started_at, last_seen_at, ended_at
        FROM json_to_recordset(%s::json) AS fact (
            key uuid, room_pk bigint, person_pk bigint, channel text, source text,
            started_at timestamptz, last_seen_at timestamptz, ended_at timestamptz
        )
    """,
    # As Django keeps them there: a UUID without dashes, an instant with a space in the middle and no zone. Without the
    # WHERE, SQLite would read ON CONFLICT as the condition of a join.
    "sqlite": """
        SELECT replace(value->>'key', '-', ''), value->>'room_pk', value->>'person_pk', value->>'channel',
            value->>'source', rtrim(replace(value->>'started_at', 'T', ' '), 'Z'),
            rtrim(replace(value->>'last_seen_at', 'T', ' '), 'Z'), rtrim(replace(value->>'ended_at', 'T', ' '), 'Z')
        FROM json_each(%s) WHERE true
    """,
}
_UPSERT = """
    INSERT INTO {table} (key, room_id, person_id, channel, source, started_at, last_seen_at, ended_at) {facts}
    ON CONFLICT (key) DO UPDATE SET last_seen_at = excluded.last_seen_at, ended_at = excluded.ended_at
    WHERE excluded.last_seen_at > {table}.last_seen_at
        OR (excluded.last_seen_at = {table}.last_seen_at AND {table}.ended_at IS NULL)
"""


@dataclass(frozen=True, slots=True)
class SpanFact:
    """What is known of one stay at this moment. `key` is made with the stay, so that telling it again tells the same.

    `last_seen_at` is the last sign of life; a clean end has `ended_at` equal to it. Instants are in UTC.
    """

    key: UUID
    room_pk: int
    person_pk: int
    channel: str
    source: str
    started_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None = None


def record(spans: Iterable[SpanFact]) -> None:
    """Upsert the spans by key, all in one statement. Repeated or reordered writes change nothing.

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
    # In one order for all processes: no deadlock.
    facts = [_forward(fact) for fact in sorted(latest.values(), key=lambda fact: fact.key.int)]
    upsert = _UPSERT.format(table=PresenceSpan._meta.db_table, facts=_FACTS[connection.vendor])
    with transaction.atomic(), connection.cursor() as cursor:  # one statement, but SQLite queues its transactions only
        cursor.execute(upsert, [msgspec.json.encode(facts).decode()])


def close_stale(now: datetime, older_than_seconds: float) -> int:
    """End the connections of dead processes at their last sign of life; how many there were.

    What people wrote down (code at the door, roll call) has no heartbeat and is left alone.
    """
    return PresenceSpan.objects.filter(
        source__in=SpanSource.heartbeats(),
        ended_at=None,
        last_seen_at__lt=now - timedelta(seconds=older_than_seconds),
    ).update(ended_at=F("last_seen_at"))


def begin(*, room: Room, member: Member, channel: Participation, source: SpanSource, at: datetime) -> PresenceSpan:
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


def _forward(fact: SpanFact) -> SpanFact:
    if fact.last_seen_at >= fact.started_at:
        return fact
    ended_at = None if fact.ended_at is None else fact.started_at
    return replace(fact, last_seen_at=fact.started_at, ended_at=ended_at)
