"""Sessions that nobody ended: their staff are reminded, then they close by the rule of docs/attendance.md."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from courses.programme.events import SessionCancelled
from courses.programme.models.sessions import overrun
from livesessions.attendance.actions import ending_mails
from livesessions.attendance.queries import endings
from livesessions.attendance.rules import endings as rules
from livesessions.room.actions import stage
from livesessions.room.models import Room, Stage

logger = logging.getLogger(__name__)


def look_after(at: datetime) -> None:
    """Close or remind whatever is past its time at `at`, each room in transactions of its own. Idempotent."""
    for room in endings.open_past_their_time(at):
        try:
            _look_after(room, at)
        except Exception:  # one room's fault is not the next one's
            logger.exception("room %s could not be looked after", room.public_id)


def _look_after(room: Room, at: datetime) -> None:
    ended_at = _end_of(room, at)
    if ended_at is not None:
        stage.close(room_pk=room.pk, ended_at=ended_at, at=at)
    elif room.stage != Stage.OPEN:
        _remind(room, at)


def close_cancelled(event: SessionCancelled) -> None:
    """The room of a session that was called off closes at once, with whoever is in it. Idempotent."""
    for room in Room.objects.filter(session__public_id=event.session).exclude(stage=Stage.ENDED):
        stage.close(room_pk=room.pk, ended_at=event.at, at=event.at)


def _end_of(room: Room, at: datetime) -> datetime | None:
    """When it ended, None while it goes on. A lobby that never went live closes with its session's time alone."""
    session = room.session
    if session.cancelled_at:
        return session.cancelled_at
    if room.stage == Stage.OPEN:
        return session.planned_end_at if session.phase(at).is_past else None
    return rules.forgotten_end(
        at,
        planned_end_at=session.planned_end_at,
        signs=endings.signs(room),
        quiet=timedelta(minutes=settings.SESSION_QUIET_MINUTES),
        overrun=overrun(),
    )


@transaction.atomic
def _remind(room: Room, at: datetime) -> None:
    """Once: the line at the desk and the mails are one transaction."""
    if stage.remind(room_pk=room.pk, at=at):
        ending_mails.send(room.session)
