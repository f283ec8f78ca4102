"""Whose right to a session a browser holds: by the personal join link (a pass), or because they are signed in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session as BrowserSession
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from accounts.models import Person
from accounts.queries.licences import is_verified
from courses.programme.models import Enrolment, EnrolmentStatus
from courses.programme.rules import enrolments as rules
from shared.clock import now

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


def holders(browsers: Iterable[str], session_public_id: str) -> dict[str, set[str]]:
    """Who each of these browsers (the key of its session) is in that session, now: public ids of people. One that was
    signed out, has expired or is nobody's any more is absent. Three queries at most, however many there are.
    """
    rows = BrowserSession.objects.filter(session_key__in=list(browsers), expire_date__gt=now())
    held = {key: _held(data, session_public_id) for key, data in rows.values_list("session_key", "session_data")}
    by_pass = _people_by_pass({key for one in held.values() for key in one.link_keys}, session_public_id)
    by_login = _people_by_login({one.account for one in held.values() if one.account})
    found: dict[str, set[str]] = {}
    for browser, one in held.items():
        people = {by_pass[key] for key in one.link_keys if key in by_pass}
        public_id, login_hash = by_login.get(one.account, ("", ""))
        if public_id and constant_time_compare(one.login_hash, login_hash):
            people.add(public_id)
        if people:
            found[browser] = people
    return found


def entry_refusal(enrolment: Enrolment, at: datetime) -> str | None:
    """The error code for which this registration does not open its room at `at`, or None when it does. One query where
    the session is for verified professionals only.
    """
    session = enrolment.session
    if enrolment.is_removed:
        return "enrolment.removed"
    if session.verified_only and not is_verified(enrolment.person):
        return "enrolment.unverified"
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
    held = _confirmed(session_public_id).filter(link_key__in=keys).select_related("person")
    return [one.person for one in sorted(held, key=lambda one: keys.index(one.link_key), reverse=True)]


def _confirmed(session_public_id: str) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(
        session__public_id=session_public_id, status=EnrolmentStatus.CONFIRMED, person__is_active=True
    )


def _people_by_pass(link_keys: set[str], session_public_id: str) -> dict[str, str]:
    if not link_keys:
        return {}
    held = _confirmed(session_public_id).filter(link_key__in=link_keys)
    return dict(held.values_list("link_key", "person__public_id"))


def _people_by_login(accounts: set[str]) -> dict[str, tuple[str, str]]:
    """By account: who it is, and the hash that a login must hold."""
    if not accounts:
        return {}
    people = Person.objects.filter(pk__in=accounts, is_active=True).values_list("pk", "public_id", "password")
    return {str(pk): (public_id, _login_hash(password)) for pk, public_id, password in people}


def _signed_in(session: Mapping[str, Any]) -> Person | None:
    """As `django.contrib.auth.get_user`, which wants a request: the account, unless its password changed since."""
    key = session.get(SESSION_KEY)
    if not key or not session.get(BACKEND_SESSION_KEY):
        return None
    person = Person.objects.filter(pk=key, is_active=True).first()
    if person and constant_time_compare(session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash()):
        return person
    return None


@dataclass(frozen=True, slots=True)
class _Held:
    """What a browser's session holds for one session of ours: passes, an account and the hash of its login."""

    link_keys: tuple[str, ...]
    account: str
    login_hash: str


@lru_cache(maxsize=8192)
def _held(data: str, session_public_id: str) -> _Held:
    """Kept, because the same browsers are asked about every second of a session."""
    told = SessionStore().decode(data)
    account = str(told.get(SESSION_KEY, "")) if told.get(BACKEND_SESSION_KEY) else ""
    return _Held(tuple(keys_in(told, session_public_id)), account, told.get(HASH_SESSION_KEY, ""))


@lru_cache(maxsize=8192)
def _login_hash(password: str) -> str:
    return Person(password=password).get_session_auth_hash()
