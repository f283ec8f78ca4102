"""Correcting a misspelt name or address of a registration, with a trace."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import Person
from accounts.policies import Visitor
from courses.programme import policies
from courses.programme.actions import seats
from courses.programme.events import EnrolmentChanged
from courses.programme.models import Amended, Amendment, Enrolment, EnrolmentStatus
from shared import ids, plain_text
from shared.errors import DomainError
from web.bus import announce

MOST_BY_OWNER = 5
_TOLD = ("full_name", "profession", "specialty", "institution", "country", "region", "language")


def correct_name(*, by: Person, enrolment: Enrolment, full_name: str, at: datetime) -> Enrolment:
    """The name stands corrected in room, sheet and files; in the profile too, where the same misspelling was.

    `by` is a coordinator, or the holder of the registration until the session is over. Idempotent.
    Raises `amendment.forbidden`, and `amendment.too_many` for a holder who changes it again and again.
    """
    with transaction.atomic():
        session, enrolment = seats.hold(enrolment)
        if not policies.may_correct_name(by, enrolment, at):
            raise DomainError("amendment.forbidden")
        before, full_name = enrolment.full_name, plain_text.line(full_name)
        if full_name == before:
            return enrolment
        own = Amendment.objects.filter(enrolment=enrolment, by=enrolment.person, what=Amended.NAME).count()
        if own >= MOST_BY_OWNER and not policies.may_manage_enrolments(by, session):
            raise DomainError("amendment.too_many", field="full_name")
        enrolment.full_name = full_name
        enrolment.save(update_fields=["full_name"])
        if enrolment.person.full_name in {"", before}:
            enrolment.person.full_name = full_name
            enrolment.person.save(update_fields=["full_name"])
        _note(enrolment, Amended.NAME, before, full_name, by, at)
        announce(EnrolmentChanged(session.public_id, enrolment.person.public_id))
        return enrolment


def correct_address(*, by: Visitor, enrolment: Enrolment, email: str, at: datetime) -> Enrolment:
    """The registration belongs to the reader of this mailbox from now on: a new link goes there, the old one is void.

    Whoever never showed themselves under the misspelt address keeps their account, with the address corrected.
    Idempotent. Raises `enrolment.forbidden`, `enrolment.withdrawn`, `session.over`, `session.cancelled`, and
    `amendment.address.taken` for an address that is registered already.
    """
    if not isinstance(by, Person) or not policies.may_manage_enrolments(by, enrolment.session):
        raise DomainError("enrolment.forbidden")
    with transaction.atomic():
        session, enrolment = seats.hold(enrolment)
        before, email = enrolment.person, plain_text.address(email)
        if email == before.email:
            return enrolment
        seats.require_future(session, at)
        if enrolment.status == EnrolmentStatus.WITHDRAWN:
            raise DomainError("enrolment.withdrawn")
        old_address = before.email
        enrolment.person = _reader(enrolment, email)
        enrolment.link_key = ids.public_id()
        seats.vouch(enrolment)
        enrolment.save()
        _note(enrolment, Amended.ADDRESS, old_address, email, by, at)
        announce(EnrolmentChanged(session.public_id, before.public_id))
        seats.tell(enrolment, session, seats.letter_again(enrolment), at)
        return enrolment


def _reader(enrolment: Enrolment, email: str) -> Person:
    """Whose mailbox it is: somebody known, the same person under the right address, or somebody new."""
    known = Person.objects.filter(email__iexact=email).first()
    if known:
        if Enrolment.objects.filter(session=enrolment.session_id, person=known).exists():
            raise DomainError("amendment.address.taken", field="email")
        return known
    before = enrolment.person
    if _never_came(before):
        before.email = before.email_as_loaded = email  # nobody answered under the old one: there is nobody to tell
        before.save(update_fields=["email"])
        return before
    told = {name: getattr(enrolment, name) for name in _TOLD}
    return Person.objects.create(email=email, password=make_password(None), **told)


def _never_came(person: Person) -> bool:
    """Nobody but this one registration knows the account: it never signed in, answered or worked anywhere."""
    return (
        person.last_login is None
        and not person.has_usable_password()
        and not person.team_roles.exists()
        and not person.memberships.exists()
        and not Enrolment.objects.filter(person=person, unanswered_since=None).exists()
        and Enrolment.objects.filter(person=person).count() == 1
    )


def _note(enrolment: Enrolment, what: Amended, before: str, after: str, by: Person, at: datetime) -> None:
    Amendment.objects.create(enrolment=enrolment, what=what, before=before, after=after, by=by, at=at)
