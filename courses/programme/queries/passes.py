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

PASSES: Final = "passes"  # session key: {public id of the session: link keys of registrations, the latest last}


def person_for(request: HttpRequest, session_public_id: str, wanted: str = "") -> Person | None:
    """Who this browser is in that session. One query for a pass.

    Whoever of them has the public id `wanted`, as a tab knows its own; else the latest pass, then whoever is signed in.
    """
    holders = _holders(request.session, session_public_id)
    for person in holders:
        if not wanted or person.public_id == wanted:
            return person
    signed_in = request.user if isinstance(request.user, Person) and request.user.is_active else None
    if signed_in and signed_in.public_id == wanted:
        return signed_in
    return next(iter(holders), signed_in)


def person_in(session: Mapping[str, Any], session_public_id: str) -> Person | None:
    """The same for a bare session mapping, such as a socket's. Two queries at most."""
    return next(iter(_holders(session, session_public_id)), None) or _signed_in(session)


def entry_refusal(enrolment: Enrolment, at: datetime) -> str | None:
    """The error code for which this registration does not open its room at `at`, or None when it does."""
    session = enrolment.session
    if enrolment.is_removed:
        return "enrolment.removed"
    return rules.entry_refusal(
        status=enrolment.status,
        is_cancelled=session.cancelled_at is not None,
        end_at=session.ended_at or session.planned_end_at,
        at=at,
    )


def keys_in(session: Mapping[str, Any], session_public_id: str) -> list[str]:
    """The link keys this browser holds for that session, the latest last."""
    return list((session.get(PASSES) or {}).get(session_public_id) or [])


def _holders(session: Mapping[str, Any], session_public_id: str) -> list[Person]:
    """The latest first. A pass holds only as long as its registration is confirmed and its link not replaced."""
    keys = keys_in(session, session_public_id)
    if not keys:
        return []
    held = Enrolment.objects.select_related("person").filter(
        person__is_active=True,
        link_key__in=keys,
        session__public_id=session_public_id,
        status=EnrolmentStatus.CONFIRMED,
    )
    return [one.person for one in sorted(held, key=lambda one: keys.index(one.link_key), reverse=True)]


def _signed_in(session: Mapping[str, Any]) -> Person | None:
    """As `django.contrib.auth.get_user`, which wants a request: the account, unless its password changed since."""
    key = session.get(SESSION_KEY)
    if not key or not session.get(BACKEND_SESSION_KEY):
        return None
    person = Person.objects.filter(pk=key, is_active=True).first()
    if person and constant_time_compare(session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash()):
        return person
    return None
