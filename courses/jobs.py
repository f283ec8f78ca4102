"""What this app does again and again: each job's name, how often, and what runs (docs/operations.md has the table)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from web import schedule

JOBS: Final[dict[str, tuple[timedelta, Callable[[datetime], None]]]] = {}


def register() -> None:
    """Hand them to whoever works the task queue."""
    for name, (every, run) in JOBS.items():
        schedule.register(name, every, run)
