"""How mail, the task queue and periodic jobs are: what their signs of life and the queue itself tell."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Min, Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from jobs import mail, schedule, signs, worker
from jobs.models import ScheduledRun
from shared.clock import iso, now
from web import readiness
from web.readiness import Report

_LATE: Final = timedelta(minutes=3)  # of a worker that looks once a minute; of a task that is ready
_GRACE: Final = timedelta(minutes=15)  # in which a periodic job that is due should have begun


def register() -> None:
    """Called once, by the app's configuration."""
    readiness.register("mail", mail_server, needs_database=True)
    readiness.register("queue", queue, needs_database=True)
    readiness.register("jobs", periodic, needs_database=True)


def mail_server() -> Report:
    """When a mail last left and when one last could not; how many wait."""
    heard = signs.of(mail.PART)
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=mail.deliver.module_path).count()
    facts = {"sent_at": _told(heard.well_at), "failed_at": _told(heard.ill_at), "waiting": waiting}
    return Report(not heard.is_ill, facts)


def queue() -> Report:
    """How many tasks are ready and for how many seconds the oldest is; when a worker last looked."""
    at = now()
    ready = DBTaskResult.objects.ready().aggregate(
        count=Count("pk"),
        new=Min("enqueued_at", filter=Q(run_after=get_date_max())),
        due=Min("run_after", filter=~Q(run_after=get_date_max())),
    )
    since = min((each for each in (ready["new"], ready["due"]) if each), default=at)
    seen = signs.of(worker.PART).well_at
    facts = {"ready": ready["count"], "oldest_seconds": int((at - since).total_seconds()), "worker_at": _told(seen)}
    return Report(at - since < _LATE and (seen is None or at - seen < _LATE), facts)


def periodic() -> Report:
    """Which periodic jobs did not begin in time; when each last began."""
    at = now()
    last = dict(ScheduledRun.objects.values_list("name", "last_at"))
    began = {name: last.get(name) for name in sorted(schedule.names())}
    late = [name for name, seen in began.items() if seen and at - seen > schedule.every(name) + _GRACE]
    return Report(not late, {"late": late, "last": {name: _told(seen) for name, seen in began.items()}})


def _told(at: datetime | None) -> str | None:
    return iso(at) if at else None
