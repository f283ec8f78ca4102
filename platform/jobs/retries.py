"""Trying a job again, later and later, while what it needs is away."""

from datetime import timedelta
from typing import Any, Final

from django_tasks.base import Task

from shared.clock import now

# Seconds before the second, third, … try: eight tries in about twenty hours.
DELAYS: Final = (15, 60, 300, 900, 3_600, 14_400, 57_600)


def again(job: Task[Any, None], of: Any, attempt: int, *, priority: int = 0) -> None:
    """Queue `job(of, attempt)` for its next try; the later, the more there were."""
    run_after = now() + timedelta(seconds=DELAYS[attempt - 1])
    job.using(run_after=run_after, priority=priority).enqueue(of, attempt + 1)
