"""Each part away, each page known: one test for each row of the table "Parts that are away" in docs/reliability.md."""

import sqlite3
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from typing import Final

import pytest

from tests.faults.services import own_postgresql
from tests.faults.small_disk import small_disk
from tests.faults.visitors import Visitor, session
from tests.hanging import hanging, nobody
from tests.load.servers import Servers, spawned

_AGE: Final = "from django_tasks_db.models import DBTaskResult as T; T.objects.update(enqueued_at='2020-01-01T00:00Z')"
_PATIENCE: Final = 90.0  # seconds for what a worker has to find out


@contextmanager
def _visited(more: Mapping[str, str] | None = None, **options: str | int) -> Iterator[tuple[Servers, Visitor]]:
    with spawned(1, more=more, **options) as servers:  # type: ignore[arg-type]
        visitor = Visitor(servers.urls[0], session(servers))
        yield servers, visitor
        visitor.close()
        log = (servers.folder / f"server-{servers.port(0)}.log").read_text()
        assert "Internal Server Error" not in log, log[-3000:]


def _all_is_served(visitor: Visitor) -> None:
    assert visitor.look().status_code == 200
    assert "is on its way" in visitor.ask_for_a_code().text
    assert "Look into your mailbox" in visitor.register("rosa@example.org").text


def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_redis_away() -> None:
    with _visited({"REDIS_URL": f"redis://127.0.0.1:{nobody()}/0"}) as (_, visitor):
        _all_is_served(visitor)
        assert (visitor.health()["ready"], visitor.health()["weak"]) == (True, ["cache", "layer"])


def test_redis_hung() -> None:
    with hanging() as port, _visited({"REDIS_URL": f"redis://127.0.0.1:{port}/0"}) as (_, visitor):
        _all_is_served(visitor)
        assert (visitor.health()["ready"], visitor.health()["weak"]) == (True, ["cache", "layer"])


def test_mail_away() -> None:
    with hanging() as port, _visited(smtp_port=port) as (_, visitor):
        _all_is_served(visitor)
        _until(lambda: "mail" in visitor.health()["weak"])
        assert "Our mail server does not answer" in visitor.ask_for_a_code().text
        assert visitor.health()["ready"]


def test_storage_away() -> None:
    s3 = {"ANFITEATRO_S3_BUCKET": "none", "ANFITEATRO_S3_ENDPOINT": f"http://127.0.0.1:{nobody()}"}
    s3 |= {"ANFITEATRO_S3_REGION": "us-east-1", "ANFITEATRO_S3_ACCESS_KEY": "x", "ANFITEATRO_S3_SECRET_KEY": "x"}
    with _visited() as (servers, visitor):  # the demonstration has pictures, which want a place
        servers.settings |= s3
        servers.terminate(0)
        servers.restart(0)
        _all_is_served(visitor)
        assert (visitor.health()["ready"], visitor.health()["weak"]) == (True, ["storage"])


def test_disk_full() -> None:
    with small_disk(96) as disk, _visited({"DATABASE_URL": f"sqlite:///{disk.folder}/site.sqlite3"}) as (_, visitor):
        _all_is_served(visitor)
        disk.fill()
        assert visitor.look().status_code == 200, "reading goes on"
        refused = visitor.register("ana@example.org")
        assert (refused.status_code, "The disk is full" in refused.text) == (507, True)
        assert 'name="email" value="ana@example.org"' in refused.text, "what was typed is sent again by itself"
        assert visitor.ask_for_a_code("ana@example.org").status_code == 507
        assert (visitor.health()["ready"], "disk" in visitor.health()["weak"]) == (True, True)
        disk.free()
        assert "Look into your mailbox" in visitor.register("ana@example.org").text


def test_worker_dead() -> None:
    with _visited({"ANFITEATRO_TASK_RUNNER": "worker"}) as (servers, visitor):
        _all_is_served(visitor)
        assert visitor.health()["parts"]["mail"]["waiting"] >= 2
        servers.manage("shell", "-v", "0", "-c", _AGE)
        assert (visitor.health()["ready"], visitor.health()["weak"]) == (True, ["queue"])


def test_unmigrated() -> None:
    with _visited() as (servers, visitor):
        servers.kill(0)
        with closing(sqlite3.connect(servers.settings["DATABASE_URL"].removeprefix("sqlite:///"))) as database:
            database.execute("DELETE FROM django_migrations WHERE app = 'programme'")
            database.execute("ALTER TABLE programme_mission RENAME TO programme_mission_old")
            database.commit()
        servers.processes[0] = servers._spawn(servers.port(0))
        _until(lambda: _is_alive(servers.urls[0]))
        page = visitor.look()
        assert (page.status_code, "The site is being set up" in page.text) == (503, True)
        assert 'http-equiv="refresh"' in page.text
        assert (visitor.health()["ready"], visitor.health()["faults"]) == (False, ["migrations"])


@pytest.mark.services
def test_database_away() -> None:
    with own_postgresql() as postgresql, _visited(database=postgresql.url) as (_, visitor):
        _all_is_served(visitor)
        postgresql.kill()
        page = visitor.look()
        assert (page.status_code, "The database does not answer" in page.text) == (503, True)
        assert (visitor.health()["ready"], visitor.health()["faults"][0]) == (False, "database")
        postgresql.start()
        _until(lambda: visitor.look().status_code == 200)
        _until(lambda: bool(visitor.health()["ready"]))


def _is_alive(site: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"{site}/health/live", timeout=2):
        return True
    return False
