"""Registering, coming back, withdrawing: what people do about their own registration."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Count, Q

from accounts.models import Licence, Person
from accounts.policies import Visitor
from courses.programme import policies
from courses.programme.actions import enrolment_mails, seats
from courses.programme.actions.enrolment_mails import Letter
from courses.programme.models import Enrolment, EnrolmentStatus, Session
from courses.programme.rules import enrolments as rules
from courses.programme.rules import holds
from courses.programme.rules.enrolments import ACTIVE
from jobs import unasked
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


def register(
    *, session: Session, email: str, answers: Answers, by: Visitor, at: datetime, client: str = ""
) -> Enrolment:
    """Register whoever reads this mailbox, or put them on the waiting list; the mail tells which. A place in the
    operating room is asked for: a coordinator decides. Whoever is not signed in as its reader (`by`) has the seat for a
    while only, until the mail is answered; of very many from one network (`client`) not all have one before.

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
        seats.free_late(session, at)
        seats.fill(session, answers.channel, at)
        person = _person(plain_text.address(email), answers, by)
        enrolment = Enrolment.objects.filter(session=session, person=person).first()
        if enrolment and not _may_begin_anew(enrolment, answers.channel):
            if by == person:
                return _answer(enrolment, session, at)
            return _mail_again(enrolment, session, at, client)
        enrolment = enrolment or Enrolment(session=session, person=person)
        for name, value in asdict(answers).items():
            setattr(enrolment, name, list(value) if name == "licences" else value)
        enrolment.privacy_version, enrolment.privacy_accepted_at = settings.PRIVACY_NOTICE_VERSION, at
        if by == person:
            seats.vouch(enrolment)
            return _enter(enrolment, session, at)
        return _enter_unanswered(enrolment, session, at, client)


def answer(*, enrolment: Enrolment, at: datetime) -> Enrolment:
    """The mail was answered: the seat is kept. Somebody whose seat was given up meanwhile gets one if one is free, and
    stands in line otherwise. For the holder of the personal link. Idempotent.
    """
    with transaction.atomic():
        session, enrolment = seats.hold(enrolment)
        return _answer(enrolment, session, at)


def answer_all(*, person: Person, at: datetime) -> None:
    """Whoever signed in has answered all the mails about their registrations. Idempotent."""
    for enrolment in Enrolment.objects.select_related("session").filter(person=person, unanswered_since__isnull=False):
        answer(enrolment=enrolment, at=at)


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
        seats.vouch(enrolment)
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


def send_link_again(*, session: Session, email: str, at: datetime, client: str = "") -> None:
    """Mail the links to this address if it is registered, at most once a minute and a few times a day; silently nothing
    otherwise.
    """
    with transaction.atomic():
        session = seats.locked(session)
        enrolment = (
            Enrolment.objects.select_related("person")
            .filter(session=session, person__email__iexact=plain_text.address(email))
            .first()
        )
        if enrolment:
            _mail_again(enrolment, session, at, client)


def _enter(enrolment: Enrolment, session: Session, at: datetime) -> Enrolment:
    """For whoever reads the mailbox."""
    seats.tell(enrolment, session, _seat(enrolment, session, at), at)
    return enrolment


def _enter_unanswered(enrolment: Enrolment, session: Session, at: datetime, client: str) -> Enrolment:
    """For whoever says so. A mailbox that has had its mails of the day gets none, and its registration no seat."""
    recent = Enrolment.objects.filter(unanswered_since__gt=at - holds.MEMORY)
    counted = recent.aggregate(in_all=Count("pk"), by_client=Count("pk", filter=Q(client=client)))
    is_mailed = unasked.take(enrolment.person.email, by=client, at=at)
    enrolment.unanswered_since, enrolment.client = at, client
    enrolment.held_until = seats.hold_until(session, at) if is_mailed else at
    letter = _seat(enrolment, session, at)
    if is_mailed:
        seats.tell(enrolment, session, letter, at, due=holds.mail_due(at, **counted))
    return enrolment


def _seat(enrolment: Enrolment, session: Session, at: datetime) -> Letter:
    """A place that is given is asked for; any other is taken, or waited for."""
    enrolment.decided_by = enrolment.decided_at = enrolment.confirmed_at = None
    enrolment.reason = ""
    if not rules.is_asked_for(enrolment.channel):
        return seats.enter(enrolment, session, at, letters=_LETTERS)
    enrolment.held_until = None
    seats.keep(enrolment, session, at, EnrolmentStatus.REQUESTED)
    return Letter.REQUESTED


def _answer(enrolment: Enrolment, session: Session, at: datetime) -> Enrolment:
    if enrolment.unanswered_since is None:
        return enrolment
    unasked.asked(enrolment.person.email, by=enrolment.client)
    seats.vouch(enrolment)
    enrolment.save(update_fields=["unanswered_since", "held_until", "client"])
    seats.free_late(session, at)
    seats.fill(session, enrolment.channel, at)
    enrolment.refresh_from_db()
    return enrolment


def _may_begin_anew(enrolment: Enrolment, channel: str) -> bool:
    """Withdrawn, or declined and now asking for a place that nobody has to give."""
    if enrolment.status == EnrolmentStatus.DECLINED:
        return not rules.is_asked_for(channel)
    return enrolment.status == EnrolmentStatus.WITHDRAWN


def _mail_again(enrolment: Enrolment, session: Session, at: datetime, client: str) -> Enrolment:
    may = rules.may_mail_again(sent_at=enrolment.link_sent_at, at=at)
    if may and unasked.take(enrolment.person.email, by=client, at=at):
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
