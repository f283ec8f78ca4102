"""What is done with registrations again and again (docs/operations.md has the table)."""

from datetime import timedelta

from courses.programme.actions import seats
from jobs import schedule


def register() -> None:
    """Hand it to whoever works the task queue."""
    schedule.register("enrolments.seats", timedelta(minutes=1), seats.free_unanswered)
