"""What is done with cases again and again (docs/operations.md has the table)."""

from datetime import timedelta

from courses.cases.actions import digests, escalations
from jobs import schedule


def register() -> None:
    """Hand them to whoever works the task queue."""
    schedule.register("cases.overdue", timedelta(minutes=5), escalations.raise_overdue)
    schedule.register("cases.digest", timedelta(minutes=15), digests.send_due)
