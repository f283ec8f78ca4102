"""What is done with outcomes again and again (docs/operations.md has the table)."""

from datetime import timedelta

from courses.outcomes.actions import reminders
from jobs import schedule


def register() -> None:
    """Hand it to whoever works the task queue."""
    schedule.register("outcomes.due", timedelta(hours=1), reminders.remind)
