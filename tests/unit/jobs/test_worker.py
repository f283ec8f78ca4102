"""The task queue's worker: what a killed one leaves behind, and its life in a thread."""

import os
import socket
import subprocess
import sys
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jobs import mail, worker


@pytest.fixture(autouse=True)
def _database_queue(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def running(worker_id: str, *, since: timedelta = timedelta(0)) -> DBTaskResult:
    """A queued mail that this worker has begun."""
    mail.send(to="rosa@example.org", subject="Tu lugar", text="Hola.", language="es")
    task = DBTaskResult.objects.latest("enqueued_at")
    task.claim(worker_id)
    DBTaskResult.objects.filter(pk=task.pk).update(started_at=timezone.now() - since)
    return task


def dead_process() -> int:
    """The number of a process that has ended."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def ids() -> tuple[str, str]:
    host = socket.gethostname()
    return host, f"{host}:{os.getpid()}:asking"


@pytest.mark.django_db
def test_what_a_killed_worker_ran_is_ready_again() -> None:
    host, asking = ids()
    running(f"{host}:{dead_process()}:gone")
    assert worker.requeue_lost(asking) == 1
    assert DBTaskResult.objects.ready().count() == 1


@pytest.mark.django_db
def test_a_restarted_container_gets_its_old_number_back() -> None:
    host, asking = ids()
    running(f"{host}:{os.getpid()}:before")
    assert worker.requeue_lost(asking) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("theirs", ["itself", "alive", "elsewhere"])
def test_what_a_live_worker_runs_is_left_to_it(theirs: str) -> None:
    host, asking = ids()
    running({"itself": asking, "alive": f"{host}:{os.getppid()}:x", "elsewhere": "another-host:1:x"}[theirs])
    assert worker.requeue_lost(asking) == 0
    assert DBTaskResult.objects.running().count() == 1


@pytest.mark.django_db
def test_a_silent_machine_loses_its_lease() -> None:
    running("another-host:1:x", since=worker.LEASE + timedelta(seconds=1))
    assert worker.requeue_lost(ids()[1]) == 1


@pytest.mark.django_db
def test_old_finished_tasks_are_forgotten_and_waiting_ones_kept() -> None:
    old = running("a:1:x")
    old.set_successful(None)
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=timezone.now() - worker.KEPT - timedelta(seconds=1))
    fresh = running("a:1:x")
    fresh.set_successful(None)
    waiting = running("a:1:x")
    worker.forget_finished()
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {fresh.pk, waiting.pk}


@pytest.mark.django_db(transaction=True)
def test_the_thread_works_until_it_is_stopped(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TASK_RUNNER = "thread"
    sent = threading.Event()
    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", lambda *_: sent.set())
    stop = worker.start_in_thread()
    mail.send(to="rosa@example.org", subject="Tu lugar", text="Hola.", language="es")
    assert sent.wait(20)
    stop()
    assert not any(thread.name == "task-queue" for thread in threading.enumerate())


@pytest.mark.django_db(transaction=True)
def test_another_process_works_the_queue_when_told_so(settings: Any) -> None:
    settings.TASK_RUNNER = "worker"
    stop = worker.start_in_thread()
    assert not any(thread.name == "task-queue" for thread in threading.enumerate())
    stop()
    assert outbox.outbox == []


@pytest.mark.django_db
def test_what_was_set_aside_is_worked_beside_the_rest() -> None:
    mail.send(to="rosa@example.org", subject="Tu lugar", text="Hola.", language="es")
    stop = threading.Event()
    aside, rest = worker.Worker(stop, aside=True), worker.Worker(stop, aside=False)
    assert not aside.work_one()
    assert rest.work_one()
    worker.set_aside(mail.deliver)
    try:
        mail.send(to="rosa@example.org", subject="Tu lugar", text="Hola.", language="es")
        assert not rest.work_one()
        assert aside.work_one()
    finally:
        worker._aside.discard(mail.deliver.module_path)


@pytest.mark.django_db
def test_workers_of_one_process_do_not_take_each_other_for_dead() -> None:
    one, other = worker.Worker(threading.Event(), aside=True), worker.Worker(threading.Event(), aside=False)
    running(one.id)
    assert worker.requeue_lost(other.id) == 0
    assert DBTaskResult.objects.running().count() == 1
