"""`manage.py work_queue`: a process that works the task queue beside the servers."""

import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jobs import worker
from shared import in_use


class Command(BaseCommand):
    help = "Work the task queue until SIGTERM or SIGINT; tasks in hand are finished first."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            in_use.hold(str(settings.DATABASES["default"]["NAME"]))
        except in_use.InUse as error:
            raise CommandError(in_use.RESTORING) from error
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        threads = worker.start(stop)
        self.stdout.write("Working the task queue")
        while all(thread.is_alive() for thread in threads) and not stop.is_set():
            stop.wait(1)
        is_told = stop.is_set()
        stop.set()
        for thread in threads:
            thread.join()
        if not is_told:
            raise CommandError("A thread of the worker died; see the log.")
