"""Fifty people want the last seat in the same moment: one gets it, and nobody is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection

from courses.programme.actions import enrolments
from courses.programme.models import Enrolment, EnrolmentStatus
from shared.clock import now
from tests import factories
from tests.registering import ask, queue_of, register

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 50


def race_for_the_last_seat() -> None:
    session = factories.session(remote_capacity=1)
    start = Barrier(PEOPLE)

    def run(number: int) -> str:
        start.wait()
        try:
            return ask(session, f"p{number}@example.org").status
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as crowd:
        statuses = list(crowd.map(run, range(PEOPLE)))

    assert statuses.count(EnrolmentStatus.CONFIRMED) == 1
    assert statuses.count(EnrolmentStatus.WAITING) == PEOPLE - 1
    assert Enrolment.objects.filter(status=EnrolmentStatus.CONFIRMED).count() == 1
    assert Enrolment.objects.values("person__email").distinct().count() == PEOPLE
    assert sorted(message.to[0] for message in mail.outbox) == sorted(f"p{n}@example.org" for n in range(PEOPLE))


def test_the_last_seat_is_given_once() -> None:
    race_for_the_last_seat()


@pytest.mark.services
def test_the_last_seat_is_given_once_on_postgresql() -> None:
    race_for_the_last_seat()


def test_one_mailbox_registers_once_however_often_it_is_sent() -> None:
    session = factories.session()
    start = Barrier(8)

    def run(_: int) -> int:
        start.wait()
        try:
            return register(session).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        assert len(set(crowd.map(run, range(8)))) == 1
    assert Enrolment.objects.count() == 1
    assert len(mail.outbox) == 1


def test_places_that_become_free_together_go_to_different_people() -> None:
    session = factories.session(remote_capacity=5)
    seated = [register(session, f"seated{n}@example.org") for n in range(5)]
    for number in range(8):
        register(session, f"waits{number}@example.org")
    start = Barrier(5)

    def run(enrolment: Enrolment) -> None:
        start.wait()
        try:
            enrolments.withdraw(enrolment=enrolment, at=now())
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as crowd:
        list(crowd.map(run, seated))

    assert Enrolment.objects.filter(status=EnrolmentStatus.CONFIRMED).count() == 5
    assert queue_of(session) == [f"waits{n}@example.org" for n in (5, 6, 7)]
