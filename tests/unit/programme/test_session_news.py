"""Everybody concerned hears of a changed session, once, whatever happens to the process that tells them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from courses.programme.actions import enrolment_mails, enrolments, session_news, sessions
from courses.programme.models import Enrolment, EnrolmentStatus, Session
from shared.clock import now
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued() -> Iterator[None]:
    """Tasks are kept in the database, as in earnest, and nobody works them."""
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}):
        yield


def later(session: Session) -> Session:
    session.starts_at += timedelta(minutes=10)
    session.planned_end_at += timedelta(minutes=10)
    return sessions.change(by=factories.coordinator(), session=session, at=now())


def tasks() -> list[tuple[str, Any]]:
    return [(task.task_path, task.args_kwargs["args"]) for task in DBTaskResult.objects.all()]


def subjects() -> list[str]:
    return [message.subject.partition(":")[0] for message in mail.outbox]


def test_the_request_queues_one_task_however_many_are_registered(queued: None) -> None:
    session = factories.session()
    for _ in range(3):
        factories.enrolment(session=session)
    later(session)
    assert tasks() == [("courses.programme.actions.session_news.tell_everybody", [session.public_id])]


def test_a_change_taken_back_tells_nobody(queued: None) -> None:
    session = factories.enrolment().session
    with transaction.atomic():
        later(session)
        transaction.set_rollback(True)
    assert tasks() == []


def test_everybody_is_told_once_though_the_task_runs_twice() -> None:
    session = factories.session()
    people = [factories.enrolment(session=session, status=status).person.email for status in EnrolmentStatus]
    later(session)
    session_news.tell_everybody.call(session.public_id)
    assert [message.to[0] for message in mail.outbox] == people[:3]  # asked, confirmed, waiting
    later(session)
    assert subjects() == ["The session changed"] * 6


def test_a_task_that_broke_off_goes_on_where_it_stopped(queued: None, monkeypatch: pytest.MonkeyPatch) -> None:
    session = factories.session()
    first, second = (factories.enrolment(session=session) for _ in range(2))
    later(session)
    told: list[Enrolment] = []

    def break_off(enrolment: Enrolment, *_: Any) -> None:
        if told:
            raise ConnectionError
        told.append(enrolment)

    with monkeypatch.context() as patched, pytest.raises(ConnectionError):
        patched.setattr(enrolment_mails, "send", break_off)
        session_news.tell_everybody.call(session.public_id)
    monkeypatch.setattr(enrolment_mails, "send", lambda enrolment, *_: told.append(enrolment))
    session_news.tell_everybody.call(session.public_id)
    assert told == [first, second]


def test_two_changes_before_the_task_runs_are_one_letter_with_the_last_word(queued: None) -> None:
    session = factories.enrolment().session
    later(session)
    sessions.cancel(by=factories.coordinator(), session=session, at=now())
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}):
        for _, args in tasks():
            session_news.tell_everybody.call(*args)
    assert subjects() == ["Cancelled"]


def test_who_registers_after_the_change_knows_the_plan_already() -> None:
    session = factories.session()
    later(session)
    enrolment = factories.enrolment(session=session, status=EnrolmentStatus.WITHDRAWN)
    enrolments.come_back(enrolment=enrolment, at=now())
    session_news.tell_everybody.call(session.public_id)
    assert subjects() == ["You are registered"]


def test_nobody_is_written_to_about_the_plan_of_what_is_over(queued: None) -> None:
    session = factories.session()
    factories.enrolment(session=session)
    Session.objects.update(ended_at=now())
    session.refresh_from_db()
    later(session)
    assert (tasks(), subjects()) == ([], [])
    session_news.tell_everybody.func(session.public_id)
    assert subjects() == []
