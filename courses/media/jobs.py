"""What is done with uploads again and again, and what takes minutes (docs/operations.md has the table)."""

from datetime import timedelta

from courses.media.actions import sanitising, uploads
from jobs import schedule, worker


def register() -> None:
    """Hand them to whoever works the task queue, and say which tasks take minutes."""
    worker.set_aside(sanitising.clean)
    schedule.register("uploads.tidy", timedelta(hours=1), uploads.tidy)
