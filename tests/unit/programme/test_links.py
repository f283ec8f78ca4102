"""Personal links: one purpose each, sent to their owner alone."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from courses.programme.actions import enrolments
from courses.programme.queries import links
from courses.programme.queries.links import Purpose
from shared.clock import now
from tests import factories


@pytest.mark.django_db
def test_a_link_serves_its_purpose_alone() -> None:
    enrolment = factories.enrolment()
    join = links.token(enrolment, Purpose.JOIN)
    assert links.find(join, Purpose.WITHDRAW) is None
    assert links.find(join[:-1], Purpose.JOIN) is None
    assert links.find("", Purpose.JOIN) is None
    assert re.fullmatch(r"[A-Za-z0-9_:-]{60,140}", join)


@pytest.mark.django_db
@pytest.mark.parametrize(("sent_ago", "mails"), [(10, 0), (70, 1)])
def test_a_link_is_sent_again_to_its_owner_alone(sent_ago: int, mails: int) -> None:
    enrolment = factories.enrolment(link_sent_at=now() - timedelta(seconds=sent_ago))
    enrolments.send_link_again(session=enrolment.session, email=enrolment.person.email.upper(), at=now())
    assert [m.to for m in mail.outbox] == [[enrolment.person.email]] * mails
    enrolments.send_link_again(session=enrolment.session, email="nobody@example.org", at=now())
    assert len(mail.outbox) == mails
