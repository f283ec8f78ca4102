"""`manage.py work_queue`: a process that works the task queue beside the servers."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from web.worker import Worker


class Command(BaseCommand):
    help = "Work the task queue until SIGTERM or SIGINT; the task in hand is finished first."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        worker = Worker(stop)
        self.stdout.write(f"Working the task queue as {worker.id}")
        worker.run()
