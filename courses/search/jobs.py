"""What is done with the search's index again and again (docs/operations.md has the table)."""

from datetime import timedelta

from courses.search import actions
from jobs import schedule


def register() -> None:
    """Hand it to whoever works the task queue."""
    schedule.register("search.index", timedelta(hours=1), actions.index_missing)
