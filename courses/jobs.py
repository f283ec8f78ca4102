"""What this app does again and again: each job's name, how often, and what runs (docs/operations.md has the table)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from courses.actions import cleaning, digests, escalations, reminders, search, uploads
from web import schedule, worker

JOBS: Final[dict[str, tuple[timedelta, Callable[[datetime], None]]]] = {
    "cases.overdue": (timedelta(minutes=5), escalations.raise_overdue),
    "cases.digest": (timedelta(minutes=15), digests.send_due),
    "outcomes.due": (timedelta(hours=1), reminders.remind),
    "search.index": (timedelta(hours=1), search.index_missing),
    "uploads.tidy": (timedelta(hours=1), uploads.tidy),
}


def register() -> None:
    """Hand them to whoever works the task queue, and say which tasks take minutes."""
    worker.set_aside(cleaning.clean)
    for name, (every, run) in JOBS.items():
        schedule.register(name, every, run)
