"""Registering, coming back, withdrawing: what people do about their own registration."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import Licence, Person
from accounts.policies import Visitor
from courses.programme import policies
from courses.programme.actions import enrolment_mails, seats
from courses.programme.actions.enrolment_mails import Letter
from courses.programme.models import Enrolment, EnrolmentStatus, Session
from courses.programme.rules import enrolments as rules
from courses.programme.rules.enrolments import ACTIVE
from shared import plain_text
from shared.errors import DomainError

_LETTERS = {EnrolmentStatus.CONFIRMED: Letter.CONFIRMED, EnrolmentStatus.WAITING: Letter.WAITING}


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
    """Register whoever reads this mailbox, or put them on the waiting list; the mail tells which. A place in the
    operating room is asked for: a coordinator decides.

    Idempotent: somebody registered already only gets their links again, at most once a minute, and nothing else
    changes. The profile of a known person is completed only when they are signed in (`by`), never overwritten.
    Raises `enrolment.closed`, `enrolment.unverified`, `enrolment.channel.none`.
    """
    with transaction.atomic():
        session = seats.locked(session)
        if not policies.may_register(by, session, at):
            raise DomainError("enrolment.closed")
        if not policies.is_qualified(by, session):
            raise DomainError("enrolment.unverified")
        if not session.capacity(answers.channel):
            raise DomainError("enrolment.channel.none", field="channel")
        person = _person(plain_text.address(email), answers, by)
        enrolment = Enrolment.objects.filter(session=session, person=person).first()
        if enrolment and not _may_begin_anew(enrolment, answers.channel):
            return _mail_again(enrolment, session, at)
        enrolment = enrolment or Enrolment(session=session, person=person)
        for name, value in asdict(answers).items():
            setattr(enrolment, name, list(value) if name == "licences" else value)
        enrolment.privacy_version, enrolment.privacy_accepted_at = settings.PRIVACY_NOTICE_VERSION, at
        return _enter(enrolment, session, at)


def come_back(*, enrolment: Enrolment, at: datetime) -> Enrolment:
    """Register a withdrawn person again with the answers they gave, at the end of the waiting list if there is one.

    For the holder of the personal link. Idempotent. Raises `enrolment.closed`, `enrolment.unverified`.
    """
    with transaction.atomic():
        session, enrolment = seats.hold(enrolment)
        if enrolment.status != EnrolmentStatus.WITHDRAWN:
            return enrolment
        if not policies.may_register(enrolment.person, session, at):
            raise DomainError("enrolment.closed")
        if not policies.is_qualified(enrolment.person, session):
            raise DomainError("enrolment.unverified")
        return _enter(enrolment, session, at)


def withdraw(*, enrolment: Enrolment, at: datetime) -> Enrolment:
    """Give the place up; the longest waiting gets it. For the holder of the personal link. Idempotent.

    Raises `session.over` and `session.cancelled`: what happened is history, and stays on the sheet.
    """
    with transaction.atomic():
        session, enrolment = seats.hold(enrolment)
        if enrolment.status in ACTIVE:
            seats.require_future(session, at)
            seats.give_up(enrolment, session, at)
        return enrolment


def send_link_again(*, session: Session, email: str, at: datetime) -> None:
    """Mail the links to this address if it is registered, at most once a minute; silently nothing otherwise."""
    with transaction.atomic():
        session = seats.locked(session)
        enrolment = (
            Enrolment.objects.select_related("person")
            .filter(session=session, person__email__iexact=plain_text.address(email))
            .first()
        )
        if enrolment:
            _mail_again(enrolment, session, at)


def _enter(enrolment: Enrolment, session: Session, at: datetime) -> Enrolment:
    """A place that is given is asked for; any other is taken, or waited for."""
    enrolment.decided_by = enrolment.decided_at = enrolment.confirmed_at = None
    enrolment.reason = ""
    if rules.is_asked_for(enrolment.channel):
        return seats.keep(enrolment, session, at, EnrolmentStatus.REQUESTED, Letter.REQUESTED)
    return seats.enter(enrolment, session, at, letters=_LETTERS)


def _may_begin_anew(enrolment: Enrolment, channel: str) -> bool:
    """Withdrawn, or declined and now asking for a place that nobody has to give."""
    if enrolment.status == EnrolmentStatus.DECLINED:
        return not rules.is_asked_for(channel)
    return enrolment.status == EnrolmentStatus.WITHDRAWN


def _mail_again(enrolment: Enrolment, session: Session, at: datetime) -> Enrolment:
    if rules.may_mail_again(sent_at=enrolment.link_sent_at, at=at):
        enrolment_mails.send(enrolment, session, seats.letter_again(enrolment), at)
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
