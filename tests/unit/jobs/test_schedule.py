"""Periodic jobs: each at its time, once, whoever works the queue."""

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from hypothesis import given
from hypothesis import strategies as st

from jobs import schedule
from jobs.models import ScheduledRun
from jobs.worker import Worker

AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
EVERY = timedelta(minutes=5)
WORKERS = 8


@pytest.fixture(autouse=True)
def jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime]]:
    """No job but `count`, which notes when it ran."""
    ran: list[datetime] = []
    monkeypatch.setattr(schedule, "_jobs", {})
    schedule.register("count", EVERY, ran.append)
    yield ran


@pytest.mark.django_db
def test_a_job_runs_at_once_and_then_every_time(jobs: list[datetime]) -> None:
    minutes = [AT + timedelta(minutes=n) for n in range(12)]
    for minute in minutes:
        schedule.run_due(minute)
    assert jobs == [minutes[0], minutes[5], minutes[10]]


@pytest.mark.django_db
def test_a_failing_job_is_logged_and_tried_at_its_next_time(
    jobs: list[datetime], caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_at: datetime) -> None:
        raise RuntimeError("no luck")

    schedule._jobs.clear()
    schedule.register("fail", EVERY, fail)
    schedule.register("count", EVERY, jobs.append)
    with caplog.at_level(logging.ERROR):
        assert schedule.run_due(AT) == ["fail", "count"]
        assert schedule.run_due(AT + timedelta(minutes=1)) == []
        assert schedule.run_due(AT + EVERY) == ["fail", "count"]
    assert [record.message for record in caplog.records] == ["The periodic job fail failed"] * 2
    assert jobs == [AT, AT + EVERY]


@pytest.mark.django_db
def test_a_clock_that_was_wrong_holds_nothing_up(jobs: list[datetime]) -> None:
    schedule.run_due(AT + timedelta(days=365))
    schedule.run_due(AT)
    assert jobs == [AT + timedelta(days=365), AT]


@pytest.mark.django_db
def test_clocks_that_differ_a_little_make_no_job_run_more_often(jobs: list[datetime]) -> None:
    for minutes in (30, 0, 30, 0, 34, 4, 35):
        schedule.run_due(AT + timedelta(minutes=minutes))
    assert jobs == [AT + timedelta(minutes=30), AT + timedelta(minutes=35)]


@given(st.lists(st.integers(0, 200), max_size=30), st.integers(1, 60))
def test_between_two_runs_there_is_never_less_than_the_time_between(minutes: list[int], every: int) -> None:
    """Against the slow way: every minute asks whether any of the last `every` minutes had a run."""
    last, ran = None, set()
    for minute in sorted(minutes):
        at = AT + timedelta(minutes=minute)
        if schedule.is_due(last, timedelta(minutes=every), at):
            assert not any(before in ran for before in range(minute - every + 1, minute + 1))
            last = at
            ran.add(minute)
        else:
            assert any(before in ran for before in range(minute - every + 1, minute + 1))


@pytest.mark.django_db
def test_one_name_is_one_job(jobs: list[datetime]) -> None:
    schedule.register("count", EVERY, jobs.append)
    with pytest.raises(ValueError, match="count"):
        schedule.register("count", EVERY, print)
    assert schedule.names() == {"count"}


@pytest.mark.django_db
def test_a_database_that_is_away_is_told_to_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(ScheduledRun.objects, "values_list", away)
    with pytest.raises(DatabaseError):
        schedule.run_due(AT)


def race(ran: list[datetime]) -> None:
    start = threading.Barrier(WORKERS)

    def work(_: int) -> list[str]:
        done = []
        try:
            for at in (AT, AT + EVERY):
                start.wait()
                done += schedule.run_due(at)
        finally:
            connection.close()
        return done

    with ThreadPoolExecutor(WORKERS) as crowd:
        done = [name for names in crowd.map(work, range(WORKERS)) for name in names]
    assert ran == [AT, AT + EVERY]
    assert done == ["count", "count"]
    assert ScheduledRun.objects.get().last_at == AT + EVERY


@pytest.mark.django_db(transaction=True)
def test_of_several_workers_one_runs_it(jobs: list[datetime]) -> None:
    race(jobs)


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_of_several_workers_one_runs_it_on_postgresql(jobs: list[datetime]) -> None:
    race(jobs)


@pytest.mark.django_db(transaction=True)
def test_whoever_works_the_queue_does_them() -> None:
    stop = threading.Event()
    schedule.register("stop", EVERY, lambda _at: stop.set())
    Worker(stop).run()
    assert set(ScheduledRun.objects.values_list("name", flat=True)) == {"count", "stop"}
