"""What coordinators decide about registrations: approve, decline, confirm, move, remove, send new links.

All but the last raise `session.over` and `session.cancelled` for a session that is past: what happened is history.
"""

from datetime import datetime

from django.db import transaction

from accounts.models import Person
from accounts.policies import Visitor
from courses.programme import policies
from courses.programme.actions import seats
from courses.programme.actions.enrolment_mails import Letter
from courses.programme.models import Enrolment, EnrolmentStatus, Participation
from courses.programme.models.enrolments import REASON_LENGTH
from courses.programme.queries.enrolments import places_of
from shared.errors import DomainError
from shared.ids import public_id

_APPROVED = {EnrolmentStatus.CONFIRMED: Letter.APPROVED, EnrolmentStatus.WAITING: Letter.APPROVED_WAITING}


def approve(*, by: Visitor, enrolment: Enrolment, at: datetime) -> Enrolment:
    """Grant what was asked for: a free place, or else the waiting list. One that was declined may be granted after all.
    Idempotent.

    Raises `enrolment.forbidden`, `enrolment.withdrawn`.
    """
    planner = _check(by, enrolment)
    with transaction.atomic():
        session, enrolment = seats.hold(enrolment)
        seats.require_future(session, at)
        _refuse_withdrawn(enrolment)
        if enrolment.status not in {EnrolmentStatus.REQUESTED, EnrolmentStatus.DECLINED}:
            return enrolment
        enrolment.decided_by, enrolment.decided_at, enrolment.reason = planner, at, ""
        seats.vouch(enrolment)
        letter = seats.enter(enrolment, session, at, letters=_APPROVED)
        seats.tell(enrolment, session, letter, at)
        return enrolment


def decline(*, by: Visitor, enrolment: Enrolment, reason: str = "", at: datetime) -> Enrolment:
    """Say no to a request; the person reads the reason. Idempotent.

    Raises `enrolment.forbidden`, `enrolment.withdrawn`, and `enrolment.decided` for one that was granted.
    """
    planner = _check(by, enrolment)
    with transaction.atomic():
        session, enrolment = seats.hold(enrolment)
        seats.require_future(session, at)
        _refuse_withdrawn(enrolment)
        if enrolment.status == EnrolmentStatus.DECLINED:
            return enrolment
        if enrolment.status != EnrolmentStatus.REQUESTED:
            raise DomainError("enrolment.decided")
        enrolment.decided_by, enrolment.decided_at, enrolment.reason = planner, at, _short(reason)
        enrolment.status = EnrolmentStatus.DECLINED
        enrolment.save(update_fields=["status", "decided_by", "decided_at", "reason"])
        seats.tell(enrolment, session, Letter.DECLINED, at)
        return enrolment


def remove(*, by: Visitor, enrolment: Enrolment, reason: str = "", at: datetime) -> Enrolment:
    """Take somebody out; the longest waiting gets the place, and the person reads the reason. Idempotent.

    Raises `enrolment.forbidden`.
    """
    planner = _check(by, enrolment)
    with transaction.atomic():
        session, enrolment = seats.hold(enrolment)
        if enrolment.status != EnrolmentStatus.WITHDRAWN:
            seats.require_future(session, at)
            seats.give_up(enrolment, session, at, by=planner, reason=_short(reason))
        return enrolment


def confirm(*, by: Visitor, enrolment: Enrolment, at: datetime) -> Enrolment:
    """Give a waiting person a free place out of turn. Idempotent.

    Raises `enrolment.forbidden`, `enrolment.withdrawn`, `enrolment.full`, and `enrolment.undecided` for a request.
    """
    _check(by, enrolment)
    with transaction.atomic():
        session, enrolment = seats.hold(enrolment)
        seats.require_future(session, at)
        _refuse_withdrawn(enrolment)
        if enrolment.status in {EnrolmentStatus.REQUESTED, EnrolmentStatus.DECLINED}:
            raise DomainError("enrolment.undecided")
        if enrolment.status == EnrolmentStatus.WAITING:
            if places_of(session, enrolment.channel).left < 1:
                raise DomainError("enrolment.full")
            seats.vouch(enrolment)
            enrolment.save()
            seats.confirm(enrolment, session, at)
        return enrolment


def move(*, by: Visitor, enrolment: Enrolment, channel: Participation, at: datetime) -> Enrolment:
    """Give the person a free place of another channel; the old one goes to whoever waited longest. A coordinator who
    moves somebody into the operating room approves them for it. Idempotent.

    Raises `enrolment.forbidden`, `enrolment.withdrawn`, `enrolment.full`.
    """
    planner = _check(by, enrolment)
    with transaction.atomic():
        session, enrolment = seats.hold(enrolment)
        seats.require_future(session, at)
        before = enrolment.channel
        _refuse_withdrawn(enrolment)
        if before == channel:
            return enrolment
        if places_of(session, channel).left < 1:
            raise DomainError("enrolment.full")
        enrolment.decided_by, enrolment.decided_at, enrolment.reason = planner, at, ""
        seats.vouch(enrolment)
        enrolment.channel, enrolment.status = channel, EnrolmentStatus.CONFIRMED
        enrolment.enrolled_at, enrolment.confirmed_at = at, at
        enrolment.save()
        seats.tell(enrolment, session, Letter.MOVED, at)
        seats.fill(session, before, at)
        return enrolment


def renew_link(*, by: Visitor, enrolment: Enrolment, at: datetime) -> Enrolment:
    """Mail new links and make the old ones void. Not idempotent: each call makes other links.

    Raises `enrolment.forbidden`, `enrolment.withdrawn`.
    """
    _check(by, enrolment)
    with transaction.atomic():
        session, enrolment = seats.hold(enrolment)
        _refuse_withdrawn(enrolment)
        enrolment.link_key = public_id()
        enrolment.save(update_fields=["link_key"])
        seats.tell(enrolment, session, seats.letter_again(enrolment), at)
        return enrolment


def _check(by: Visitor, enrolment: Enrolment) -> Person:
    if not isinstance(by, Person) or not policies.may_manage_enrolments(by, enrolment.session):
        raise DomainError("enrolment.forbidden")
    return by


def _refuse_withdrawn(enrolment: Enrolment) -> None:
    if enrolment.status == EnrolmentStatus.WITHDRAWN:
        raise DomainError("enrolment.withdrawn")


def _short(reason: str) -> str:
    return " ".join(reason.split())[:REASON_LENGTH]
