"""The real start, end and breaks of a session: appended with reason and author, never edited."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Person
from livesessions.attendance import policies
from livesessions.attendance.models import Break, TimesCorrection
from livesessions.attendance.queries import times as facts
from livesessions.attendance.rules import times as rules
from livesessions.attendance.rules.minutes import Interval
from livesessions.room.actions import rooms
from livesessions.room.models import Room, Stage
from shared.errors import DomainError


@transaction.atomic
def correct(
    *,
    by: Person,
    room: Room,
    started_at: datetime,
    ended_at: datetime | None,
    breaks: Sequence[Interval],
    reason: str,
    key: UUID,
    at: datetime,
) -> TimesCorrection:
    """Set the live time anew; the rows before stay. `key` came with the form: sent twice, it is once.

    Raises `forbidden`, `times.*` for times that cannot have been, and `times.already_sent` when the same form comes
    back with something else in it.
    """
    room = rooms.locked(room.pk)
    if not policies.may_correct_times(by, room.session):
        raise DomainError("forbidden")
    if not reason.strip():
        raise DomainError("times.reason_missing", field="reason")
    made = TimesCorrection.objects.filter(key=key).first()
    said = {"room": room, "started_at": started_at, "ended_at": ended_at, "reason": reason.strip(), "author": by}
    if made:
        gaps = [Interval(gap.started_at, gap.ended_at) for gap in made.breaks.all()]
        if any(getattr(made, name) != value for name, value in said.items()) or gaps != sorted(breaks):
            raise DomainError("times.already_sent")
        return made
    recorded = facts.recorded(room.session, room, at)
    rules.check(
        started_at=started_at,
        ended_at=ended_at,
        breaks=breaks,
        recorded_end=recorded[-1].end if recorded else None,
        is_live=room.stage in {Stage.LIVE, Stage.HOLD},
        at=at,
    )
    made = TimesCorrection.objects.create(key=key, made_at=at, **said)
    Break.objects.bulk_create(Break(correction=made, started_at=gap.start, ended_at=gap.end) for gap in sorted(breaks))
    return made
