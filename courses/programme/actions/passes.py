"""Giving a browser the right to one session, without signing anybody in."""

from datetime import datetime
from typing import Final

from django.contrib.sessions.backends.base import SessionBase

from courses.programme.models import Enrolment
from courses.programme.queries.passes import PASSES, entry_refusal, keys_in
from shared.errors import DomainError

_PASSES_KEPT: Final = 5  # for one session: so many people may have their links open in one browser


def give(*, browser: SessionBase, enrolment: Enrolment, at: datetime) -> None:
    """Let `browser` into the enrolment's session as its person, and nowhere else. Giving again changes nothing.

    The passes of others for the same session stay: each tab of the browser goes on as the person it was opened for.
    Raises `enrolment.requested`, `enrolment.waiting`, `enrolment.declined`, `enrolment.withdrawn`, `enrolment.removed`,
    `enrolment.unverified`, `session.cancelled`, or `link.expired` some days after the end.
    A fresh session key keeps whoever knew the old one out.
    """
    refusal = entry_refusal(enrolment, at)
    if refusal:
        raise DomainError(refusal)
    browser.cycle_key()
    session = enrolment.session.public_id
    others = [key for key in keys_in(browser, session) if key != enrolment.link_key]
    browser[PASSES] = {
        **browser.get(PASSES, {}),
        session: [*others, enrolment.link_key][-_PASSES_KEPT:],
    }


def take_all(*, browser: SessionBase) -> None:
    """Somebody signs in: whoever's links were opened here before, it is another person's browser now."""
    browser.pop(PASSES, None)
