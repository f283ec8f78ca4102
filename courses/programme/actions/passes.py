"""Giving a browser the right to one session, without signing anybody in."""

from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase

from courses.programme.models import Enrolment
from courses.programme.queries.passes import PASSES, entry_refusal
from shared.errors import DomainError


def give(*, browser: SessionBase, enrolment: Enrolment, at: datetime) -> None:
    """Let `browser` into the enrolment's session as its person, and nowhere else. Giving again changes nothing.

    Raises `enrolment.withdrawn`, `enrolment.waiting`, `session.cancelled`, or `link.expired` some days after the end.
    A fresh session key keeps whoever knew the old one out.
    """
    refusal = entry_refusal(enrolment, at)
    if refusal:
        raise DomainError(refusal)
    browser.cycle_key()
    browser[PASSES] = {
        **browser.get(PASSES, {}),
        enrolment.session.public_id: enrolment.link_key,
    }
