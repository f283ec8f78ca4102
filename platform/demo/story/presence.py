"""Writes down who was there at the session that ended."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from demo.accounts import ACCOUNTS
from demo.story import people
from demo.story.presences import CORRECTIONS, presences
from demo.story.programme import People
from livesessions.attendance.actions import spans
from livesessions.attendance.actions.spans import SpanFact
from livesessions.attendance.models import Adjustment
from livesessions.room.models import Room
from livesessions.room.queries.members import Member


def attend(room: Room, guests: Sequence[Member], live_at: datetime) -> None:
    """Record everybody's stays, as the room itself does."""
    spans.record(
        [
            SpanFact(
                key=_key(room, presence.guest, presence.source, n),
                room_pk=room.pk,
                person_pk=guests[presence.guest].pk,
                channel=guests[presence.guest].channel,
                source=presence.source,
                started_at=live_at + timedelta(minutes=start),
                last_seen_at=live_at + timedelta(minutes=end),
                ended_at=live_at + timedelta(minutes=end),
            )
            for presence in presences(len(guests))
            for n, (start, end) in enumerate(presence.stays)
        ]
    )


def correct(room: Room, cast: People, at: datetime) -> None:
    """What the coordinator put right afterwards."""
    addresses = [guest.email for guest in people.audience()]
    author = cast[ACCOUNTS["coordinator"].email]
    Adjustment.objects.bulk_create(
        Adjustment(
            key=_key(room, correction.guest, "adjustment"),
            room=room,
            person=cast[addresses[correction.guest]],
            minutes=correction.minutes,
            reason=correction.reason,
            author=author,
            made_at=at,
        )
        for correction in CORRECTIONS
    )


def _key(room: Room, *of: object) -> UUID:
    return uuid5(NAMESPACE_URL, "/".join(map(str, (room.public_id, *of))))
