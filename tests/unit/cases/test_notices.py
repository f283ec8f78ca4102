"""Who is told what about cases, when, how often, and what a mail never says."""

import email
import email.policy
import socket
import threading
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Person
from courses.cases.actions import cases, digests, escalations, notices
from courses.cases.models import Case, CaseStatus, MailFrequency, Notice, NoticeKind
from courses.cases.queries.notices import rhythm_of
from courses.cases.rules.cases import TURNAROUND
from courses.cases.rules.notices import DIGEST_HOUR, goes_at_once, last_digest
from jobs.worker import Worker
from shared.clock import now
from tests import case_factories, factories

NOON = datetime(2026, 11, 26, DIGEST_HOUR, tzinfo=UTC)
SECRET = ("Gastroschisis", "matted", "Silo", "Primary repair", "0-28", "newborn", "Q79.3")


def told() -> list[str]:
    return sorted(message.to[0] for message in mail.outbox)


def daily(person: Person) -> Person:
    notices.choose(by=person, rhythm=MailFrequency.DAILY)
    return person


def remind(person: Person, case: Case, at: datetime, about: str = "outcomes d30") -> None:
    notices.tell(people=[person], case=case, kind=NoticeKind.FOLLOW_UP, at=at, about=about)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))
def test_the_last_digest_is_the_noon_before(at: datetime) -> None:
    hours = [at.replace(minute=0, second=0, microsecond=0) - timedelta(hours=n) for n in range(25)]
    assert last_digest(at) == next(hour for hour in hours if hour.hour == DIGEST_HOUR)


@pytest.mark.parametrize("urgency", ["now", "day", "week", "elective", ""])
@pytest.mark.parametrize("rhythm", list(MailFrequency))
def test_what_is_urgent_never_waits(rhythm: MailFrequency, urgency: str) -> None:
    waits = rhythm == MailFrequency.DAILY and urgency not in ("now", "day")
    assert goes_at_once(rhythm=rhythm, urgency=urgency) == (not waits)


@pytest.mark.django_db
def test_each_is_told_once() -> None:
    case, person = case_factories.case(), factories.person()
    for _ in range(3):
        remind(person, case, now())
    assert Notice.objects.count() == 1
    assert told() == [person.email]
    remind(person, case, now(), about="outcomes d90")
    assert len(mail.outbox) == 2


@pytest.mark.django_db
def test_who_has_a_case_hears_that_it_was_taken_back() -> None:
    review = case_factories.review()
    case = review.case
    case_factories.mentor(case.course)
    for _ in range(2):
        cases.withdraw(by=case.author, case=case, at=now())
    assert told() == [review.mentor.email]
    [message] = mail.outbox
    assert "http://testserver/cases/queue/" in message.body
    assert case.public_id not in message.body


@pytest.mark.django_db
def test_a_digest_tells_of_a_case_that_was_taken_back() -> None:
    review = case_factories.review(case=case_factories.case(status=CaseStatus.ASSIGNED, urgency="elective"))
    daily(review.mentor)
    cases.withdraw(by=review.case.author, case=review.case, at=NOON - timedelta(hours=2))
    assert told() == []
    digests.send_due(NOON + timedelta(minutes=1))
    assert told() == [review.mentor.email]


@pytest.mark.django_db
def test_nothing_is_told_when_the_change_fails() -> None:
    case, person = case_factories.case(), factories.person()
    with pytest.raises(RuntimeError), transaction.atomic():
        remind(person, case, now())
        raise RuntimeError
    assert not Notice.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["es", "pt", "en"])
@pytest.mark.parametrize("kind", list(NoticeKind))
def test_a_mail_says_the_code_and_the_news_and_nothing_of_the_patient(kind: NoticeKind, language: str) -> None:
    case, person = case_factories.case(), factories.person(language=language, full_name="Rosa <b>")
    notices.tell(people=[person], case=case, kind=kind, at=now(), about="remark-abc 2")
    [message] = mail.outbox
    html = message.alternatives[0][0]  # type: ignore[attr-defined]
    assert case.code in message.subject
    is_gone = kind == NoticeKind.WITHDRAWN  # there is nothing left to open
    place = "/cases/queue/" if is_gone else f"/cases/{case.public_id}/#remark-abc"
    for text in (str(message.body), str(html)):
        assert f"http://testserver{place}" in text
        assert "http://testserver/cases/notices/" in text
        assert not [secret for secret in SECRET if secret.lower() in text.lower()]
    assert "<b>" not in html
    assert "Rosa <b>" in message.body
    assert len(message.message().as_bytes()) < 30_000
    assert message.extra_headers["Content-Language"] == language


@pytest.mark.django_db
def test_who_wants_one_mail_a_day_gets_one_mail_a_day() -> None:
    person, other = daily(factories.person()), daily(factories.person())
    cases = [case_factories.case() for _ in range(3)]
    for case in cases:
        remind(person, case, NOON - timedelta(hours=3))
    remind(person, cases[0], NOON + timedelta(minutes=1), about="outcomes d90")
    remind(other, cases[0], NOON + timedelta(minutes=1))
    assert told() == []
    digests.send_due(NOON - timedelta(minutes=1))
    assert told() == []
    for minutes in (0, 15, 600):
        digests.send_due(NOON + timedelta(minutes=minutes))
    assert told() == [person.email]
    body = str(mail.outbox[0].body)
    assert [body.count(case.code) for case in cases] == [1, 1, 1]
    assert mail.outbox[0].subject == "News of 3 cases"
    digests.send_due(NOON + timedelta(days=1))
    assert told() == sorted([person.email, person.email, other.email])
    assert not Notice.objects.filter(sent_at=None).exists()


@pytest.mark.django_db
def test_a_digest_leaves_out_what_no_longer_asks_for_anything() -> None:
    person = daily(factories.person())
    taken, waits = case_factories.case(), case_factories.case()
    for case in (taken, waits):
        notices.tell(people=[person], case=case, kind=NoticeKind.WAITING, at=NOON - timedelta(hours=1), about="reviews")
    Case.objects.filter(pk=taken.pk).update(status=CaseStatus.UNDER_REVIEW)
    digests.send_due(NOON)
    [message] = mail.outbox
    assert (waits.code in message.body, taken.code in message.body) == (True, False)
    Case.objects.filter(pk=waits.pk).update(status=CaseStatus.WITHDRAWN)
    remind(person, waits, NOON)
    digests.send_due(NOON + timedelta(days=1))
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_a_very_long_digest_stays_a_small_mail() -> None:
    person, case = daily(factories.person(language="es")), case_factories.case()
    for number in range(80):
        remind(person, case, NOON - timedelta(hours=1), about=f"outcomes {number}")
    digests.send_due(NOON)
    [message] = mail.outbox
    assert str(message.body).count(case.code) == 50
    assert len(message.message().as_bytes()) < 30_000


@pytest.mark.django_db
def test_urgent_news_does_not_wait_for_the_digest() -> None:
    person = daily(factories.person())
    remind(person, case_factories.case(urgency="now"), now())
    assert told() == [person.email]


@pytest.mark.django_db
def test_a_choice_may_be_taken_back() -> None:
    person = factories.person()
    for rhythm in (MailFrequency.DAILY, MailFrequency.DAILY, MailFrequency.AT_ONCE):
        notices.choose(by=person, rhythm=rhythm)
    assert rhythm_of(Person.objects.get(pk=person.pk)) == MailFrequency.AT_ONCE


@pytest.mark.django_db
def test_the_right_people_hear_of_each_step() -> None:
    case = case_factories.case(status=CaseStatus.SUBMITTED)
    boss, mentor, gone = factories.coordinator(), case_factories.mentor(case.course), factories.coordinator()
    gone.is_active = False
    gone.save()
    case_factories.mentor(factories.course())
    notices.submitted(case=case, at=now())
    assert told() == sorted([boss.email, mentor.email])
    mail.outbox.clear()
    notices.released(case=case, by=boss, at=now())
    assert told() == [mentor.email]
    mail.outbox.clear()
    notices.sent_back(case=case, by=boss, at=now())
    assert told() == [case.author.email]
    mail.outbox.clear()
    review = case_factories.review(case=case)
    notices.revoked(case=case, by=case.author, at=now())
    assert told() == sorted([boss.email, review.mentor.email])


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["waiting", "under_review"])
def test_a_late_case_is_raised_twice_and_no_more(status: str) -> None:
    due = now()
    case = case_factories.case(status=status, urgency="week", due_at=due)
    boss, other = case.released_by, case_factories.mentor(case.course)
    held = case_factories.review(case=case).mentor
    escalations.raise_overdue(due)
    assert told() == []
    for minutes in (1, 6, 11):
        escalations.raise_overdue(due + timedelta(minutes=minutes))
    assert told() == sorted([boss.email, held.email, other.email])
    case.refresh_from_db()
    assert case.escalated_at == due + timedelta(minutes=1)
    mail.outbox.clear()
    escalations.raise_overdue(due + TURNAROUND["week"])
    assert told() == []
    for minutes in (1, 6):
        escalations.raise_overdue(due + TURNAROUND["week"] + timedelta(minutes=minutes))
    assert told() == [boss.email]


@pytest.mark.django_db
def test_what_is_answered_or_back_with_its_author_is_not_late() -> None:
    for status in ("approved", "closed", "sent_back", "withdrawn", "draft"):
        case_factories.case(status=status, due_at=now() - timedelta(days=90))
    factories.coordinator()
    escalations.raise_overdue(now())
    assert told() == []


@pytest.mark.django_db
def test_a_case_that_is_released_again_may_be_late_again() -> None:
    case = case_factories.case(urgency="now", due_at=now() - timedelta(hours=1))
    boss = case.released_by
    escalations.raise_overdue(now())
    Case.objects.filter(pk=case.pk).update(due_at=now() + timedelta(hours=1), escalated_at=None)
    escalations.raise_overdue(now() + timedelta(hours=2))
    escalations.raise_overdue(now() + timedelta(hours=5))
    assert told() == [boss.email] * 3


class Mailbox:
    """Keeps what arrives."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.mark.django_db(transaction=True)
def test_a_notice_goes_out_over_a_real_mail_server(settings: Any) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    mailbox = Mailbox()
    server = Controller(mailbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        case, person = case_factories.case(), factories.person(language="en")
        remind(person, case, now())
        assert Worker(threading.Event()).work_one()
    finally:
        server.stop()
    [message] = mailbox.messages
    assert (message["To"], message["Subject"]) == (person.email, f"An outcome of case {case.code} is due")
    plain = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert f"http://testserver/cases/{case.public_id}/#outcomes" in plain
