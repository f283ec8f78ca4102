"""Jobs that are done again and again, by whoever works the task queue.

A run is claimed in the database before it begins, so of several workers one does it. A worker that dies in the middle
leaves the rest to the next time, and two whose clocks differ may both do it: a job must bear being cut short and being
done twice.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from jobs.models import ScheduledRun

logger = logging.getLogger(__name__)

SKEW = timedelta(hours=1)  # clocks of workers that differ by less do not make a job run more often

Job = Callable[[datetime], None]
_jobs: dict[str, tuple[timedelta, Job]] = {}


def register(name: str, every: timedelta, run: Job) -> None:
    """Have `run` called with the present instant each time `every` has passed; called in `AppConfig.ready`.

    A worker looks once a minute, so a shorter `every` is a minute. Saying it twice is saying it once; another job under
    the same name is a mistake.
    """
    if _jobs.setdefault(name, (every, run)) != (every, run):
        raise ValueError(f"Two periodic jobs are called {name}")


def names() -> set[str]:
    """Every registered job."""
    return set(_jobs)


def every(name: str) -> timedelta:
    """How often the job of this name is done."""
    return _jobs[name][0]


def run_due(at: datetime) -> list[str]:
    """Do the jobs whose time has come at `at` and return their names. One that fails is logged, and tried again at its
    next time; a database that is away is the caller's to wait for.
    """
    done = []
    last = dict(ScheduledRun.objects.values_list("name", "last_at"))
    for name, (every, run) in _jobs.items():
        if not is_due(last.get(name), every, at) or not _claim(name, last.get(name), at):
            continue
        done.append(name)
        try:
            run(at)
        except Exception:
            logger.exception("The periodic job %s failed", name)
    return done


def is_due(last: datetime | None, every: timedelta, at: datetime) -> bool:
    """Whether a job that last began at `last` begins at `at`. A last time far ahead was noted by a clock that was
    wrong: it holds nothing up.
    """
    return last is None or at - last >= every or last - at > max(every, SKEW)


def _claim(name: str, seen: datetime | None, at: datetime) -> bool:
    """Whether this run is ours: it is, if nobody began one since we looked."""
    if seen is None:
        ScheduledRun.objects.bulk_create([ScheduledRun(name=name)], ignore_conflicts=True)
    return bool(ScheduledRun.objects.filter(name=name, last_at=seen).update(last_at=at))
