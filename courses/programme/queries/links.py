"""The personal links of a registration: signed, secret, void once the registration gets a new key."""

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from courses.programme.models import Enrolment, Session


class Purpose(StrEnum):
    """Each has its own salt: a join link shown on a screen cannot be turned into a withdrawal."""

    JOIN = "join"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Found:
    """The registration a link was made for; `is_void` when it has a newer link than this one."""

    enrolment: Enrolment
    is_void: bool


def token(enrolment: Enrolment, purpose: Purpose) -> str:
    """URL-safe, about 90 characters; the same each time, so every mail of a registration has the same link."""
    return _signer(purpose).sign_object([enrolment.public_id, enrolment.link_key])


def find(given: str, purpose: Purpose) -> Found | None:
    """Whose link this is, with session, course and person at hand; None for one we never made. One query."""
    try:
        public_id, key = _signer(purpose).unsign_object(given)
    except signing.BadSignature:
        return None
    wanted = Enrolment.objects.select_related("session__course__mission", "person")
    enrolment = wanted.filter(public_id=public_id).first()
    return Found(enrolment, not constant_time_compare(key, enrolment.link_key)) if enrolment else None


def join_url(enrolment: Enrolment) -> str:
    """Absolute: it goes into mails and calendars."""
    return settings.SITE_URL + reverse("courses:pass-give", args=[token(enrolment, Purpose.JOIN)])


def withdraw_url(enrolment: Enrolment) -> str:
    """Absolute: it goes into mails."""
    return settings.SITE_URL + reverse("courses:enrolment-withdraw", args=[token(enrolment, Purpose.WITHDRAW)])


def session_url(session: Session) -> str:
    """Absolute address of the session's public page."""
    return settings.SITE_URL + reverse("courses:session-show", kwargs={"session": session.public_id})


def _signer(purpose: Purpose) -> signing.Signer:
    return signing.Signer(salt=f"courses.enrolments.{purpose}")
