"""Who sits where: entering, moving up, being told. Whoever gives a place away holds the session's row until commit."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q

from accounts.models import Person
from courses.programme.actions import enrolment_mails
from courses.programme.actions.enrolment_mails import Letter
from courses.programme.events import EnrolmentChanged
from courses.programme.models import Enrolment, EnrolmentStatus, Participation, Session
from courses.programme.models.sessions import overrun
from courses.programme.queries.enrolments import IN_LINE, places_of
from courses.programme.queries.places import UNHEARD
from courses.programme.rules import enrolments as rules
from courses.programme.rules import holds
from courses.programme.rules.sessions import Phase
from jobs import unasked
from shared.errors import DomainError
from web.bus import announce

_HELD = Q(status=EnrolmentStatus.CONFIRMED, unanswered_since__isnull=False)
Letters = dict[EnrolmentStatus, Letter]


def promote(*, session: Session, at: datetime) -> None:
    """Free the seats whose mail was not answered in time, give every free place to whoever waits longest for its
    channel, and write to them. Idempotent.
    """
    with transaction.atomic():
        session = locked(session)
        free_late(session, at)
        for channel in Participation.values:
            fill(session, channel, at)


def free_unanswered(at: datetime) -> None:
    """The same for every session with such seats. A registration does not wait for it: it looks for itself."""
    late = Enrolment.objects.filter(_HELD, held_until__lte=at, session__ended_at=None, session__cancelled_at=None)
    for session in Session.objects.filter(pk__in=late.values("session"), planned_end_at__gt=at - overrun()):
        promote(session=session, at=at)


def free_late(session: Session, at: datetime) -> None:
    """Put those who did not answer in time out of their seats. They get one again if they answer while one is free.
    What was, stays: of a session that is over no seat is taken back.
    """
    if session.phase(at).is_past:
        return
    late = Enrolment.objects.filter(_HELD, session=session, held_until__lte=at)
    for enrolment in late.select_related("person"):
        enrolment.status, enrolment.confirmed_at, enrolment.enrolled_at = EnrolmentStatus.WAITING, None, at
        enrolment.save(update_fields=["status", "confirmed_at", "enrolled_at"])
        announce(EnrolmentChanged(session.public_id, enrolment.person.public_id))


def hold(enrolment: Enrolment) -> tuple[Session, Enrolment]:
    """The session, locked, and the registration as it stands under that lock."""
    session = locked(enrolment.session)
    return session, Enrolment.objects.select_related("person").get(pk=enrolment.pk)


def locked(session: Session) -> Session:
    """On PostgreSQL the row lock, on SQLite the write lock that the transaction began with, keep others out."""
    held = Session.objects.select_for_update(of=("self",)).select_related("course__mission")
    return held.get(pk=session.pk)


def enter(enrolment: Enrolment, session: Session, at: datetime, *, letters: Letters) -> Letter:
    """Keep a registration that may come, with a place or on the waiting list; what to write of it, as `letters` say."""
    figures = places_of(session, enrolment.channel)
    status = EnrolmentStatus(
        rules.status_for(capacity=figures.capacity, confirmed=figures.confirmed, waiting=figures.waiting)
    )
    letter = letters[status]
    if status is EnrolmentStatus.CONFIRMED and enrolment.unanswered_since:
        if enrolment.held_until != at and _may_hold(enrolment, session):
            letter = Letter.HELD
        else:
            status, letter, enrolment.held_until = EnrolmentStatus.WAITING, Letter.ANSWER, at
    elif enrolment.held_until != at:
        enrolment.held_until = None
    enrolment.confirmed_at = at if status is EnrolmentStatus.CONFIRMED else None
    keep(enrolment, session, at, status)
    return letter


def keep(enrolment: Enrolment, session: Session, at: datetime, status: EnrolmentStatus) -> None:
    """Keep a registration that begins, or begins again, with this status."""
    enrolment.status, enrolment.enrolled_at, enrolment.withdrawn_at = status, at, None
    enrolment.told_sequence = session.sequence
    enrolment.save()


def _may_hold(enrolment: Enrolment, session: Session) -> bool:
    """Whether a seat may be held for somebody who has yet to answer; of very many at once not all have one."""
    held = Enrolment.objects.filter(_HELD, session=session, channel=enrolment.channel)
    counted = held.aggregate(in_all=Count("pk"), by_client=Count("pk", filter=Q(client=enrolment.client)))
    return holds.may_hold(capacity=session.capacity(enrolment.channel), **counted)


def confirm(enrolment: Enrolment, session: Session, at: datetime) -> None:
    """Give a place to somebody who waits."""
    enrolment.status, enrolment.confirmed_at = EnrolmentStatus.CONFIRMED, at
    enrolment.save(update_fields=["status", "confirmed_at"])
    tell(enrolment, session, Letter.PROMOTED, at)


def vouch(enrolment: Enrolment) -> None:
    """The mailbox is theirs: its mail was answered, or somebody who may says that the person comes. Not saved yet."""
    enrolment.unanswered_since = enrolment.held_until = None
    enrolment.client = ""


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
    if not figures.left:
        return
    free = rules.promotions(capacity=figures.capacity, confirmed=figures.confirmed, waiting=figures.waiting)
    waiting = Enrolment.objects.filter(IN_LINE, session=session, channel=channel)
    for enrolment in waiting.select_related("person").order_by("enrolled_at", "pk")[:free]:
        confirm(enrolment, session, at)
    _fill_unanswered(session, channel, figures.left - free, at)


def _fill_unanswered(session: Session, channel: str, free: int, at: datetime) -> None:
    """Hold what is still free for those who wait without an answer so far, each once."""
    waiting = Enrolment.objects.filter(UNHEARD, session=session, channel=channel, held_until=None)
    for enrolment in waiting.select_related("person").order_by("enrolled_at", "pk")[: max(0, free)]:
        may = _may_hold(enrolment, session) and unasked.take(enrolment.person.email, by=enrolment.client, at=at)
        enrolment.held_until = hold_until(session, at) if may else at
        enrolment.status, enrolment.confirmed_at = (EnrolmentStatus.CONFIRMED, at) if may else (enrolment.status, None)
        enrolment.save(update_fields=["held_until", "status", "confirmed_at"])
        if may:
            tell(enrolment, session, Letter.HELD, at)


def hold_until(session: Session, at: datetime) -> datetime:
    """Until when a seat given at `at` waits for an answer."""
    return holds.hold_until(at, starts_at=session.starts_at, shortest=timedelta(minutes=settings.SEAT_HOLD_MINUTES))


def require_future(session: Session, at: datetime) -> None:
    """Raises `session.over` or `session.cancelled`: what happened is history, and stays on the sheet."""
    phase = session.phase(at)
    if phase.is_past:
        raise DomainError("session.cancelled" if phase is Phase.CANCELLED else "session.over")


def tell(enrolment: Enrolment, session: Session, letter: Letter, at: datetime, *, due: datetime | None = None) -> None:
    """To the rooms at once, and to the person, at `due` if it is said."""
    announce(EnrolmentChanged(session.public_id, enrolment.person.public_id))
    enrolment_mails.send(enrolment, session, letter, at, due=due)


def letter_again(enrolment: Enrolment) -> Letter:
    """Which letter tells somebody once more how their registration stands."""
    if enrolment.is_removed:
        return Letter.REMOVED
    if enrolment.unanswered_since and enrolment.status == EnrolmentStatus.WAITING:
        return Letter.ANSWER
    if enrolment.unanswered_since and enrolment.status == EnrolmentStatus.CONFIRMED:
        return Letter.HELD
    again = {
        EnrolmentStatus.REQUESTED: Letter.REQUESTED,
        EnrolmentStatus.DECLINED: Letter.DECLINED,
        EnrolmentStatus.WITHDRAWN: Letter.WITHDRAWN,
    }
    return again.get(EnrolmentStatus(enrolment.status), Letter.AGAIN)
