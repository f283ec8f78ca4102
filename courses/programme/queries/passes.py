"""Whose right to a session a browser holds: by the personal join link (a pass), or because they are signed in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from accounts.models import Person
from courses.programme.models import Enrolment, EnrolmentStatus
from courses.programme.rules import enrolments as rules

PASSES: Final = "passes"  # session key: {public id of the session: link key of the registration}


def person_for(request: HttpRequest, session_public_id: str) -> Person | None:
    """Who this browser is in that session: the pass first, then whoever is signed in. One query for a pass."""
    holder = _holder(request.session, session_public_id)
    if holder:
        return holder
    return request.user if isinstance(request.user, Person) and request.user.is_active else None


def person_in(session: Mapping[str, Any], session_public_id: str) -> Person | None:
    """The same for a bare session mapping, such as a socket's. Two queries at most."""
    return _holder(session, session_public_id) or _signed_in(session)


def entry_refusal(enrolment: Enrolment, at: datetime) -> str | None:
    """The error code for which this registration does not open its room at `at`, or None when it does."""
    session = enrolment.session
    return rules.entry_refusal(
        status=enrolment.status,
        is_cancelled=session.cancelled_at is not None,
        end_at=session.ended_at or session.planned_end_at,
        at=at,
    )


def _holder(session: Mapping[str, Any], session_public_id: str) -> Person | None:
    """A pass holds only as long as its registration is confirmed and its link has not been replaced."""
    key = (session.get(PASSES) or {}).get(session_public_id)
    if not key:
        return None
    return Person.objects.filter(
        is_active=True,
        enrolments__link_key=key,
        enrolments__session__public_id=session_public_id,
        enrolments__status=EnrolmentStatus.CONFIRMED,
    ).first()


def _signed_in(session: Mapping[str, Any]) -> Person | None:
    """As `django.contrib.auth.get_user`, which wants a request: the account, unless its password changed since."""
    key = session.get(SESSION_KEY)
    if not key or not session.get(BACKEND_SESSION_KEY):
        return None
    person = Person.objects.filter(pk=key, is_active=True).first()
    if person and constant_time_compare(session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash()):
        return person
    return None
