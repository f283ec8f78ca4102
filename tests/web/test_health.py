"""Health checks: open to all, honest, and answered within two seconds, whatever hangs."""

import shutil
import threading
import time
from collections import namedtuple
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django_tasks_db.models import DBTaskResult

from jobs import mail, signs, worker
from jobs.models import ScheduledRun
from shared.clock import now
from tests import factories
from tests.hanging import hanging, nobody
from web import caches as our_caches
from web import probes, readiness
from web.readiness import Line

pytestmark = pytest.mark.django_db(transaction=True)
PARTS = {"cache", "database", "disk", "jobs", "layer", "mail", "migrations", "queue", "storage"}
NEEDED = {"database", "migrations"}
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "_migrated_at", None)


@pytest.fixture
def own_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """No parts but the test's own."""
    line = Line([])
    monkeypatch.setattr(readiness, "_on_database", line)
    monkeypatch.setattr(readiness, "_lines", [line])


def ready(client: Client) -> tuple[int, dict[str, Any]]:
    answer = client.get("/health/ready")
    return answer.status_code, answer.json()


def test_live_needs_no_database(client: Client) -> None:
    assert client.get("/health/live").json() == {"live": True}


def test_ready(client: Client) -> None:
    status, told = ready(client)
    assert (status, told["ready"], told["faults"], told["weak"]) == (200, True, [], [])
    assert {name: part["state"] for name, part in told["parts"].items()} == dict.fromkeys(PARTS, "well")
    assert {name for name, part in told["parts"].items() if part["needed"]} == NEEDED
    assert "no-store" in client.get("/health/ready")["Cache-Control"]


def test_a_draining_process_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "_draining", threading.Event())
    readiness.drain()
    status, told = ready(client)
    assert (status, told["faults"]) == (503, ["draining"])


def test_without_its_database_it_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise OperationalError("password authentication failed for user secret-name")

    client.force_login(factories.person())  # a browser's own cookie makes nobody ask who that is
    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", fail)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["faults"]) == (503, ["database", "migrations"])
    assert "secret-name" not in answer.content.decode()


def test_unmigrated_it_is_not_ready(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'search' AND name LIKE '0002%'")
    try:
        status, told = ready(client)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES ('search', '0002_search', '2026-01-01')"
            )
    assert (status, told["faults"]) == (503, ["migrations"])
    assert told["parts"]["migrations"]["missing"] == 1
    assert ready(client)[0] == 200


def test_a_disk_that_fills_up_is_weak(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(1000 * 2**30, 999 * 2**30, 2**20))
    status, told = ready(client)
    assert (status, told["weak"], told["parts"]["disk"]["free_percent"]) == (200, ["disk"], 0)


def test_mail_that_fails_is_weak(client: Client) -> None:
    signs.well(mail.PART, now() - timedelta(minutes=2))
    signs.ill(mail.PART, now() - timedelta(minutes=1))
    _, told = ready(client)
    assert told["weak"] == ["mail"]
    assert told["parts"]["mail"]["failed_at"] > told["parts"]["mail"]["sent_at"]
    signs.well(mail.PART, now())
    assert ready(client)[1]["weak"] == []


def test_a_dead_worker_is_weak(client: Client, settings: Any) -> None:
    signs.well(worker.PART, now() - timedelta(minutes=4))
    assert ready(client)[1]["weak"] == ["queue"]
    signs.well(worker.PART, now())
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    mail.send(to="rosa@example.org", subject="Hola", text="Hola", language="es")
    assert ready(client)[1]["weak"] == []
    DBTaskResult.objects.update(enqueued_at=now() - timedelta(minutes=4))
    _, told = ready(client)
    assert told["weak"] == ["queue"]
    assert (told["parts"]["queue"]["ready"], told["parts"]["mail"]["waiting"]) == (1, 1)
    assert told["parts"]["queue"]["oldest_seconds"] >= 240


def test_a_periodic_job_that_is_late_is_weak(client: Client) -> None:
    ScheduledRun.objects.update_or_create(name="cases.overdue", defaults={"last_at": now() - timedelta(minutes=30)})
    ScheduledRun.objects.update_or_create(name="search.index", defaults={"last_at": now() - timedelta(minutes=30)})
    _, told = ready(client)
    assert (told["weak"], told["parts"]["jobs"]["late"]) == (["jobs"], ["cases.overdue"])


@pytest.fixture(params=["away", "hung"])
def redis(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[None]:
    monkeypatch.setattr(our_caches, "_away_until", {})
    with hanging() as port:
        url = f"redis://127.0.0.1:{port if request.param == 'hung' else nobody()}/0"
        settings.CACHES = {"default": {"BACKEND": "web.caches.SpareCache", "LOCATION": url}}
        yield
        caches["default"].clear()


def test_without_its_cache_it_is_weak_and_ready(client: Client, redis: None) -> None:
    status, told = ready(client)
    assert (status, told["weak"]) == (200, ["cache"])


@pytest.mark.usefixtures("own_parts")
def test_whatever_hangs_it_answers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "PATIENCE", 0.05)
    let_go = threading.Event()
    asked: list[str] = []

    def hang() -> readiness.Report:
        asked.append("hung")
        let_go.wait(30)
        return readiness.Report()

    readiness.register("well", readiness.Report)
    readiness.register("first", hang, is_needed=True, needs_database=True)
    readiness.register("behind", readiness.Report, is_needed=True, needs_database=True)
    readiness.register("beside", hang)
    began = time.monotonic()
    status, told = ready(client)
    assert status == 503
    states = {name: part["state"] for name, part in told["parts"].items()}
    assert states == {"well": "well", "first": "silent", "behind": "unknown", "beside": "silent"}
    assert (told["faults"], told["weak"]) == (["first"], ["beside"])
    for _ in range(10):
        assert ready(client)[0] == 503
    assert time.monotonic() - began < 30, "none of them was waited for"
    assert len(asked) == 2, "what hangs is not asked again before it answers"
    let_go.set()


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_nothing_is_sent_there(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
