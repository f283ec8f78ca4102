"""What tests of registration share: a form filled in, the mail it causes."""

from datetime import UTC, datetime

from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from icalendar import Calendar

from courses.programme.actions import enrolments
from courses.programme.actions.enrolments import Answers
from courses.programme.models import Enrolment, EnrolmentStatus, Session
from shared.clock import now

AT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
STRANGER = AnonymousUser()
CMP = {"country": "PE", "kind": "CMP", "number": "12345", "jurisdiction": ""}
CONFIRMED, WAITING = EnrolmentStatus.CONFIRMED, EnrolmentStatus.WAITING


def answers(**fields: object) -> Answers:
    """Of a surgeon in Iquitos who wants a remote place."""
    given_ones: dict[str, object] = {
        "full_name": "Rosa Huamán",
        "profession": "surgeon",
        "specialty": "Paediatric surgery",
        "institution": "Hospital Regional",
        "country": "PE",
        "region": "PE-LOR",
        "language": "en",
        "channel": "remote",
    }
    return Answers(**{**given_ones, **fields})  # type: ignore[arg-type]


def register(session: Session, email: str = "rosa@example.org", **fields: object) -> Enrolment:
    """As a stranger sends the form and opens the link in the mail."""
    return enrolments.answer(enrolment=ask(session, email, **fields), at=now())


def ask(session: Session, email: str = "rosa@example.org", *, client: str = "", **fields: object) -> Enrolment:
    """As a stranger sends the form, and no more."""
    return enrolments.register(
        session=session, email=email, answers=answers(**fields), by=STRANGER, at=now(), client=client
    )


def queue_of(session: Session) -> list[str]:
    """Addresses on the waiting list, the next one first."""
    waiting = Enrolment.objects.filter(session=session, status=WAITING).order_by("enrolled_at", "pk")
    return [enrolment.person.email for enrolment in waiting]


def sent() -> EmailMultiAlternatives:
    """The newest mail."""
    message = mail.outbox[-1]
    assert isinstance(message, EmailMultiAlternatives)
    return message


def calendar_of(message: EmailMultiAlternatives) -> Calendar:
    """The calendar file attached to it."""
    name, content, kind = message.attachments[0]
    assert name == "session.ics"
    assert kind.startswith("text/calendar")
    return Calendar.from_ical(content)
