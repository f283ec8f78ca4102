"""Changing sessions: plan, open and close registration, cancel, and what the live room reports back."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.models import Person
from courses.programme.actions import session_news, team_mails
from courses.programme.events import SessionCancelled, SessionMoved
from courses.programme.models import Participation, Session
from courses.programme.policies import may_plan_session
from courses.programme.queries.places import confirmed_by_channel
from courses.programme.rules.sessions import Phase
from shared.errors import DomainError
from web.bus import announce

PLANNED = (
    "title",
    "procedure",
    "summary",
    "time_zone",
    "starts_at",
    "planned_end_at",
    "languages",
    *(f"{channel}_capacity" for channel in Participation.values),
    "verified_only",
    "gap_seconds",
    "threshold_percent",
)
IN_CALENDARS = ("title", "procedure", "time_zone", "starts_at", "planned_end_at")


@transaction.atomic
def plan(*, by: Person, session: Session) -> Session:
    """Keep a new session, or find it: the same `public_id` sent twice is one session.

    Raises `plan.forbidden`, `session.end_before_start`.
    """
    _check(by, session)
    values = {name: getattr(session, name) for name in (*PLANNED, "course")}
    return Session.objects.get_or_create(public_id=session.public_id, defaults=values)[0]


@transaction.atomic
def change(*, by: Person, session: Session, at: datetime) -> Session:
    """Keep the changed plan of a session. Calendars hear of it when the title, the procedure or a time changed, unless
    the session is over; an open lobby hears of its times at once.

    Raises `plan.forbidden`, `session.end_before_start`, `session.cancelled`, and `session.capacity.taken` when a
    channel would hold fewer people than are confirmed.
    """
    _check(by, session)
    before = _locked(session)
    _check_capacities(session)
    session.sequence = before.sequence
    if any(getattr(before, name) != getattr(session, name) for name in IN_CALENDARS):
        session.sequence += 1
    session.save(update_fields=[*PLANNED, "sequence"])
    if (before.starts_at, before.planned_end_at) != (session.starts_at, session.planned_end_at):
        announce(SessionMoved(session.public_id, at))
    if session.sequence > before.sequence and not session.phase(at).is_past:
        team_mails.send_changed(session)
        session_news.tell_everybody.enqueue(session.public_id)
    if any(session.capacity(channel) > before.capacity(channel) for channel in Participation.values):
        session_news.fill_places.enqueue(session.public_id)
    return session


@transaction.atomic
def set_registration(*, by: Person, session: Session, is_open: bool, at: datetime) -> None:
    """Open or close registration. Idempotent. Raises `plan.forbidden`, `session.cancelled`, `session.over`."""
    _check(by, session)
    before = _locked(session)
    if is_open and before.phase(at).is_past:
        raise DomainError("session.over")
    session.is_registration_open = is_open
    session.save(update_fields=["is_registration_open"])


@transaction.atomic
def cancel(*, by: Person, session: Session, at: datetime) -> None:
    """Call the session off for good; registration closes and everybody concerned hears of it. Idempotent.

    Raises `plan.forbidden`, and `session.over` for one that took place.
    """
    _check(by, session)
    if Session.objects.select_for_update().get(pk=session.pk).phase(at) is Phase.OVER:
        raise DomainError("session.over")
    is_first = Session.objects.filter(pk=session.pk, cancelled_at=None).update(
        cancelled_at=at, is_registration_open=False, sequence=F("sequence") + 1
    )
    session.refresh_from_db(fields=["cancelled_at", "is_registration_open", "sequence"])
    if is_first:
        announce(SessionCancelled(session.public_id, at))
        team_mails.send_cancelled(session)
        session_news.tell_everybody.enqueue(session.public_id)


def mark_live(*, session: Session, at: datetime) -> None:
    """The live room went live at `at`. The first time counts; called by the room, which has already decided."""
    Session.objects.filter(pk=session.pk, live_at=None).update(live_at=at)
    session.refresh_from_db(fields=["live_at"])


def mark_ended(*, session: Session, at: datetime) -> None:
    """The live room closed at `at`. The first time counts; called by the room, which has already decided."""
    Session.objects.filter(pk=session.pk, ended_at=None).update(ended_at=at)
    session.refresh_from_db(fields=["ended_at"])


def mark_reopened(*, session: Session) -> None:
    """The live room took its end back; called by the room, which has already decided. Idempotent."""
    Session.objects.filter(pk=session.pk).update(ended_at=None)
    session.refresh_from_db(fields=["ended_at"])


def _check(by: Person, session: Session) -> None:
    if not may_plan_session(by, session):
        raise DomainError("plan.forbidden")
    if session.planned_end_at <= session.starts_at:
        raise DomainError("session.end_before_start", field="planned_end_local")


def _locked(session: Session) -> Session:
    """The session as it stands, its row held until commit, so that no place is given away meanwhile."""
    before = Session.objects.select_for_update().get(pk=session.pk)
    if before.cancelled_at:
        raise DomainError("session.cancelled")
    return before


def _check_capacities(session: Session) -> None:
    for channel, confirmed in confirmed_by_channel(session).items():
        if session.capacity(channel) < confirmed:
            raise DomainError("session.capacity.taken", field=f"{channel}_capacity", confirmed=confirmed)
