"""Works the task queue: in a thread of the server (one machine), or as `manage.py work_queue` (the scaled set-up).

Whoever works it also does the periodic jobs of `jobs.schedule`, between two tasks. Tasks that were set aside, because
they take minutes, are worked by a second thread: a mail does not wait for a film.

A task runs at least once: one whose worker was killed is given to the next. So a task must bear being run twice.
"""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections, transaction
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.management.commands.db_worker import Worker as Runner
from django_tasks_db.models import DBTaskResult

from jobs import schedule, signs
from shared.clock import now

logger = logging.getLogger(__name__)

IDLE_SECONDS = 1.0  # between looks at an empty queue
FAULT_SECONDS = 5.0  # before trying again when the database does not answer
TIDY_SECONDS = 60.0  # between searches for what killed workers left behind, and for periodic jobs that are due
LEASE = timedelta(minutes=10)  # a task running for longer is taken to be lost, on whatever machine it ran
PART = "worker"  # under which its signs of life are kept
KEPT = timedelta(days=7)  # finished tasks, which hold mail and addresses


_aside: set[str] = set()  # paths of tasks
_here: set[str] = set()  # ids of the workers of this process


def set_aside(task: Task[Any, Any]) -> None:
    """Have this task worked beside the others; called in `AppConfig.ready`."""
    _aside.add(task.module_path)


class Worker:
    """Takes one ready task after another until `stop` is set: those that were set aside, the others, or (None) all."""

    def __init__(self, stop: threading.Event, *, aside: bool | None = None) -> None:
        self.stop = stop
        self.aside = aside
        self.id = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        _here.add(self.id)
        self._runner = Runner(
            queue_names=["*"],
            interval=IDLE_SECONDS,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.id,
            excluded_queue_names=[],
        )

    def run(self) -> None:
        """Work until told to stop; a database that goes away is waited for."""
        tidied = 0.0
        while not self.stop.is_set():
            close_old_connections()
            try:
                if not self.aside and (instant := now().timestamp()) - tidied >= TIDY_SECONDS:
                    requeue_lost(self.id)
                    forget_finished()
                    schedule.run_due(now())
                    signs.well(PART, now())
                    tidied = instant
                if not self.work_one():
                    self.stop.wait(IDLE_SECONDS)
            except DatabaseError:
                logger.exception("The task queue cannot be reached")
                self.stop.wait(FAULT_SECONDS)
        connections.close_all()

    def work_one(self) -> bool:
        """Run the next ready task, if there is one."""
        task = self._claim()
        if task is None:
            return False
        self._runner.run_task(task)
        return True

    def _claim(self) -> DBTaskResult | None:
        ready = DBTaskResult.objects.ready().filter(backend_name="default")
        if self.aside is not None:
            ready = ready.filter(task_path__in=_aside) if self.aside else ready.exclude(task_path__in=_aside)
        if not ready.exists():  # an empty queue costs no write lock
            return None
        with transaction.atomic():
            task: DBTaskResult | None = ready.get_locked()
            if task is not None:
                task.claim(self.id)
        return task


def requeue_lost(asking: str) -> int:
    """Make ready again what dead workers were running, and how many that was; `asking` is the id of a live worker."""
    lost = [
        task.pk
        for task in DBTaskResult.objects.running().only("pk", "worker_ids", "started_at")
        if task.started_at < now() - LEASE or _is_dead(task.worker_ids[-1], asking)
    ]
    if not lost:
        return 0
    return int(DBTaskResult.objects.running().filter(pk__in=lost).update(status=TaskResultStatus.READY))


def forget_finished() -> None:
    """Delete finished tasks once nobody will look at them any more."""
    DBTaskResult.objects.finished().filter(finished_at__lt=now() - KEPT).delete()


def _is_dead(worker: str, asking: str) -> bool:
    host, _, rest = worker.rpartition(":")[0].rpartition(":")
    own_host, own_pid, _ = asking.rsplit(":", 2)
    if worker == asking or host != own_host:
        return False
    if rest == own_pid:  # ours, or the number was given again, as it always is in a container
        return worker not in _here
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def start(stop: threading.Event) -> list[threading.Thread]:
    """Threads that work the whole queue until `stop` is set."""
    parts = {"task-queue": False, "task-queue-aside": True}
    threads = [
        threading.Thread(target=Worker(stop, aside=aside).run, name=name, daemon=True) for name, aside in parts.items()
    ]
    for thread in threads:
        thread.start()
    return threads


def start_in_thread() -> Callable[[], None]:
    """Start working the queue if ANFITEATRO_TASK_RUNNER is "thread"; the function returned stops it within 5 s.

    A task still running then is left to the next start.
    """
    stop = threading.Event()
    threads = start(stop) if settings.TASK_RUNNER == "thread" else []

    def stop_thread() -> None:
        stop.set()
        deadline = time.monotonic() + 5
        for thread in threads:
            thread.join(timeout=max(0.0, deadline - time.monotonic()))

    return stop_thread
