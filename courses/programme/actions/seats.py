"""Who sits where: entering, moving up, being told. Whoever gives a place away holds the session's row until commit."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import Person
from courses.programme.actions import enrolment_mails
from courses.programme.actions.enrolment_mails import Letter
from courses.programme.events import EnrolmentChanged
from courses.programme.models import Enrolment, EnrolmentStatus, Participation, Session
from courses.programme.queries.enrolments import places_of
from courses.programme.rules import enrolments as rules
from courses.programme.rules.sessions import Phase
from shared.errors import DomainError
from web.bus import announce

Letters = dict[EnrolmentStatus, Letter]


def promote(*, session: Session, at: datetime) -> None:
    """Give every free place to whoever waits longest for its channel, and write to them. Idempotent."""
    with transaction.atomic():
        session = locked(session)
        for channel in Participation.values:
            fill(session, channel, at)


def hold(enrolment: Enrolment) -> tuple[Session, Enrolment]:
    """The session, locked, and the registration as it stands under that lock."""
    session = locked(enrolment.session)
    return session, Enrolment.objects.select_related("person").get(pk=enrolment.pk)


def locked(session: Session) -> Session:
    """On PostgreSQL the row lock, on SQLite the write lock that the transaction began with, keep others out."""
    held = Session.objects.select_for_update(of=("self",)).select_related("course__mission")
    return held.get(pk=session.pk)


def enter(enrolment: Enrolment, session: Session, at: datetime, *, letters: Letters) -> Enrolment:
    """Keep a registration that may come, with a place or on the waiting list; `letters` says what to write."""
    figures = places_of(session, enrolment.channel)
    status = EnrolmentStatus(
        rules.status_for(capacity=figures.capacity, confirmed=figures.confirmed, waiting=figures.waiting)
    )
    enrolment.confirmed_at = at if status is EnrolmentStatus.CONFIRMED else None
    return keep(enrolment, session, at, status, letters[status])


def keep(enrolment: Enrolment, session: Session, at: datetime, status: EnrolmentStatus, letter: Letter) -> Enrolment:
    """Keep a registration that begins, or begins again, with this status, and write so."""
    enrolment.status, enrolment.enrolled_at, enrolment.withdrawn_at = status, at, None
    enrolment.told_sequence = session.sequence
    enrolment.save()
    tell(enrolment, session, letter, at)
    return enrolment


def confirm(enrolment: Enrolment, session: Session, at: datetime) -> None:
    """Give a place to somebody who waits."""
    enrolment.status, enrolment.confirmed_at = EnrolmentStatus.CONFIRMED, at
    enrolment.save(update_fields=["status", "confirmed_at"])
    tell(enrolment, session, Letter.PROMOTED, at)


def give_up(
    enrolment: Enrolment, session: Session, at: datetime, *, by: Person | None = None, reason: str = ""
) -> None:
    """Take the registration out; the longest waiting gets the place. `by` is the coordinator who did it, if one did."""
    enrolment.status, enrolment.withdrawn_at = EnrolmentStatus.WITHDRAWN, at
    enrolment.decided_by, enrolment.decided_at, enrolment.reason = by, at if by else None, reason
    enrolment.save(update_fields=["status", "withdrawn_at", "decided_by", "decided_at", "reason"])
    tell(enrolment, session, Letter.REMOVED if by else Letter.WITHDRAWN, at)
    fill(session, enrolment.channel, at)


def fill(session: Session, channel: str, at: datetime) -> None:
    """Give the free places of a channel to those who wait longest, while the session is not past."""
    if session.phase(at).is_past:
        return
    figures = places_of(session, channel)
    free = rules.promotions(capacity=figures.capacity, confirmed=figures.confirmed, waiting=figures.waiting)
    waiting = Enrolment.objects.filter(session=session, channel=channel, status=EnrolmentStatus.WAITING)
    for enrolment in waiting.select_related("person").order_by("enrolled_at", "pk")[:free]:
        confirm(enrolment, session, at)


def require_future(session: Session, at: datetime) -> None:
    """Raises `session.over` or `session.cancelled`: what happened is history, and stays on the sheet."""
    phase = session.phase(at)
    if phase.is_past:
        raise DomainError("session.cancelled" if phase is Phase.CANCELLED else "session.over")


def tell(enrolment: Enrolment, session: Session, letter: Letter, at: datetime, **more: Any) -> None:
    """To the rooms, and to the person."""
    announce(EnrolmentChanged(session.public_id, enrolment.person.public_id))
    enrolment_mails.send(enrolment, session, letter, at, **more)


def letter_again(enrolment: Enrolment) -> Letter:
    """Which letter tells somebody once more how their registration stands."""
    if enrolment.is_removed:
        return Letter.REMOVED
    again = {
        EnrolmentStatus.REQUESTED: Letter.REQUESTED,
        EnrolmentStatus.DECLINED: Letter.DECLINED,
        EnrolmentStatus.WITHDRAWN: Letter.WITHDRAWN,
    }
    return again.get(EnrolmentStatus(enrolment.status), Letter.AGAIN)
