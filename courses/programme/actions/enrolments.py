"""Registering, withdrawing, the waiting list. Whoever gives a place away holds the session's row until commit."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import Licence, Person
from accounts.policies import Visitor
from courses.programme import policies
from courses.programme.actions import enrolment_mails
from courses.programme.actions.enrolment_mails import Letter
from courses.programme.events import EnrolmentChanged
from courses.programme.models import Enrolment, EnrolmentStatus, Participation, Session
from courses.programme.queries.enrolments import places_of
from courses.programme.rules import enrolments as rules
from shared.errors import DomainError
from shared.ids import public_id
from web.bus import announce


@dataclass(frozen=True, slots=True)
class Answers:
    """What the form asked. `country` is ISO 3166-1, `region` ISO 3166-2; a licence is {country, kind, number,
    jurisdiction}.
    """

    full_name: str
    profession: str
    specialty: str
    institution: str
    country: str
    region: str
    language: str
    channel: str
    licences: tuple[dict[str, Any], ...] = ()


def register(*, session: Session, email: str, answers: Answers, by: Visitor, at: datetime) -> Enrolment:
    """Register whoever reads this mailbox, or put them on the waiting list; the mail tells which.

    Idempotent: somebody registered already only gets their links again, at most once a minute, and nothing else
    changes. The profile of a known person is completed only when they are signed in (`by`), never overwritten.
    Raises `enrolment.closed`, `enrolment.channel.none`.
    """
    with transaction.atomic():
        session = _locked(session)
        if not policies.may_register(by, session, at):
            raise DomainError("enrolment.closed")
        if not session.capacity(answers.channel):
            raise DomainError("enrolment.channel.none", field="channel")
        person = _person(email.strip().lower(), answers, by)
        enrolment = Enrolment.objects.filter(session=session, person=person).first()
        if enrolment and enrolment.status != EnrolmentStatus.WITHDRAWN:
            return _mail_again(enrolment, session, at)
        enrolment = enrolment or Enrolment(session=session, person=person)
        for name, value in asdict(answers).items():
            setattr(enrolment, name, list(value) if name == "licences" else value)
        enrolment.privacy_version, enrolment.privacy_accepted_at = settings.PRIVACY_NOTICE_VERSION, at
        return _enter(enrolment, session, at)


def come_back(*, enrolment: Enrolment, at: datetime) -> Enrolment:
    """Register a withdrawn person again with the answers they gave, at the end of the waiting list if there is one.

    For the holder of the personal link. Idempotent. Raises `enrolment.closed`.
    """
    with transaction.atomic():
        session, enrolment = _hold(enrolment)
        if enrolment.status != EnrolmentStatus.WITHDRAWN:
            return enrolment
        if not policies.may_register(enrolment.person, session, at):
            raise DomainError("enrolment.closed")
        return _enter(enrolment, session, at)


def withdraw(*, enrolment: Enrolment, at: datetime) -> Enrolment:
    """Give the place up; the longest waiting gets it. For the holder of the personal link. Idempotent."""
    with transaction.atomic():
        session, enrolment = _hold(enrolment)
        if enrolment.status == EnrolmentStatus.WITHDRAWN:
            return enrolment
        enrolment.status, enrolment.withdrawn_at = EnrolmentStatus.WITHDRAWN, at
        enrolment.save(update_fields=["status", "withdrawn_at"])
        _tell(enrolment, session, Letter.WITHDRAWN, at)
        _promote(session, enrolment.channel, at)
        return enrolment


def remove(*, by: Visitor, enrolment: Enrolment, at: datetime) -> Enrolment:
    """As `withdraw`, for a coordinator. Raises `enrolment.forbidden`."""
    _check(by, enrolment)
    return withdraw(enrolment=enrolment, at=at)


def confirm(*, by: Visitor, enrolment: Enrolment, at: datetime) -> Enrolment:
    """Give a waiting person a free place out of turn. Idempotent.

    Raises `enrolment.forbidden`, `enrolment.withdrawn`, `enrolment.full`.
    """
    _check(by, enrolment)
    with transaction.atomic():
        session, enrolment = _hold(enrolment)
        if enrolment.status == EnrolmentStatus.WITHDRAWN:
            raise DomainError("enrolment.withdrawn")
        if enrolment.status == EnrolmentStatus.WAITING:
            if places_of(session, enrolment.channel).left < 1:
                raise DomainError("enrolment.full")
            _confirm(enrolment, session, at)
        return enrolment


def move(*, by: Visitor, enrolment: Enrolment, channel: Participation, at: datetime) -> Enrolment:
    """Give the person a free place of another channel; the old one goes to whoever waited longest. Idempotent.

    Raises `enrolment.forbidden`, `enrolment.withdrawn`, `enrolment.full`.
    """
    _check(by, enrolment)
    with transaction.atomic():
        session, enrolment = _hold(enrolment)
        before = enrolment.channel
        if enrolment.status == EnrolmentStatus.WITHDRAWN:
            raise DomainError("enrolment.withdrawn")
        if before == channel:
            return enrolment
        if places_of(session, channel).left < 1:
            raise DomainError("enrolment.full")
        enrolment.channel, enrolment.status = channel, EnrolmentStatus.CONFIRMED
        enrolment.enrolled_at, enrolment.confirmed_at = at, at
        enrolment.save(update_fields=["channel", "status", "enrolled_at", "confirmed_at"])
        _tell(enrolment, session, Letter.MOVED, at)
        _promote(session, before, at)
        return enrolment


def renew_link(*, by: Visitor, enrolment: Enrolment, at: datetime) -> Enrolment:
    """Mail new links and make the old ones void. Not idempotent: each call makes other links.

    Raises `enrolment.forbidden`, `enrolment.withdrawn`.
    """
    _check(by, enrolment)
    with transaction.atomic():
        session, enrolment = _hold(enrolment)
        if enrolment.status == EnrolmentStatus.WITHDRAWN:
            raise DomainError("enrolment.withdrawn")
        enrolment.link_key = public_id()
        enrolment.save(update_fields=["link_key"])
        _tell(enrolment, session, Letter.AGAIN, at)
        return enrolment


def send_link_again(*, session: Session, email: str, at: datetime) -> None:
    """Mail the links to this address if it is registered, at most once a minute; silently nothing otherwise."""
    with transaction.atomic():
        session = _locked(session)
        enrolment = (
            Enrolment.objects.select_related("person").filter(session=session, person__email__iexact=email).first()
        )
        if enrolment:
            _mail_again(enrolment, session, at)


def promote(*, session: Session, at: datetime) -> None:
    """Give every free place to whoever waits longest for its channel, and write to them. Idempotent."""
    with transaction.atomic():
        session = _locked(session)
        for channel in Participation.values:
            _promote(session, channel, at)


def _promote(session: Session, channel: str, at: datetime) -> None:
    if session.cancelled_at or session.ended_at or at >= session.planned_end_at:
        return
    figures = places_of(session, channel)
    free = rules.promotions(capacity=figures.capacity, confirmed=figures.confirmed, waiting=figures.waiting)
    waiting = Enrolment.objects.filter(session=session, channel=channel, status=EnrolmentStatus.WAITING)
    for enrolment in waiting.select_related("person").order_by("enrolled_at", "pk")[:free]:
        _confirm(enrolment, session, at)


def _enter(enrolment: Enrolment, session: Session, at: datetime) -> Enrolment:
    figures = places_of(session, enrolment.channel)
    status = rules.status_for(capacity=figures.capacity, confirmed=figures.confirmed, waiting=figures.waiting)
    is_confirmed = status == EnrolmentStatus.CONFIRMED
    enrolment.status, enrolment.enrolled_at = EnrolmentStatus(status), at
    enrolment.confirmed_at, enrolment.withdrawn_at = at if is_confirmed else None, None
    enrolment.told_sequence = session.sequence
    enrolment.save()
    _tell(enrolment, session, Letter.CONFIRMED if is_confirmed else Letter.WAITING, at)
    return enrolment


def _confirm(enrolment: Enrolment, session: Session, at: datetime) -> None:
    enrolment.status, enrolment.confirmed_at = EnrolmentStatus.CONFIRMED, at
    enrolment.save(update_fields=["status", "confirmed_at"])
    _tell(enrolment, session, Letter.PROMOTED, at)


def _tell(enrolment: Enrolment, session: Session, letter: Letter, at: datetime) -> None:
    announce(EnrolmentChanged(session.public_id, enrolment.person.public_id))
    enrolment_mails.send(enrolment, session, letter, at)


def _mail_again(enrolment: Enrolment, session: Session, at: datetime) -> Enrolment:
    if rules.may_mail_again(sent_at=enrolment.link_sent_at, at=at):
        is_gone = enrolment.status == EnrolmentStatus.WITHDRAWN
        enrolment_mails.send(enrolment, session, Letter.WITHDRAWN if is_gone else Letter.AGAIN, at)
    return enrolment


def _person(email: str, answers: Answers, by: Visitor) -> Person:
    """Whose mailbox it is, made if need be. Licences and empty fields are filled in for the new and the signed-in."""
    person = Person.objects.filter(email__iexact=email).first()
    if person and person != by:
        return person
    told: dict[str, Any] = asdict(answers)
    known = ("full_name", "profession", "specialty", "institution", "country", "region", "language")
    if person is None:
        fields = {name: told[name] for name in known} | {"password": make_password(None)}
        person, is_new = Person.objects.get_or_create(email=email, defaults=fields)
        if not is_new:  # somebody else registered the same address in this very moment
            return person
    else:
        missing = [name for name in known if not getattr(person, name)]
        for name in missing:
            setattr(person, name, told[name])
        person.save(update_fields=missing)
    for licence in answers.licences:
        Licence.objects.get_or_create(person=person, **licence)
    return person


def _hold(enrolment: Enrolment) -> tuple[Session, Enrolment]:
    """The session, locked, and the registration as it stands under that lock."""
    session = _locked(enrolment.session)
    return session, Enrolment.objects.select_related("person").get(pk=enrolment.pk)


def _locked(session: Session) -> Session:
    """On PostgreSQL the row lock, on SQLite the write lock that the transaction began with, keep others out."""
    held = Session.objects.select_for_update(of=("self",)).select_related("course__mission")
    return held.get(pk=session.pk)


def _check(by: Visitor, enrolment: Enrolment) -> None:
    if not policies.may_manage_enrolments(by, enrolment.session):
        raise DomainError("enrolment.forbidden")
