"""What is done with sessions again and again (docs/operations.md has the table)."""

from datetime import timedelta

from jobs import schedule
from livesessions.attendance.actions import endings


def register() -> None:
    """Hand them to whoever works the task queue."""
    schedule.register("attendance.endings", timedelta(minutes=1), endings.look_after)
