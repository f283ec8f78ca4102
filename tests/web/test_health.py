"""Health checks: open to all, and honest."""

import threading

import pytest
from django.db import OperationalError, connection
from django.test import Client

from web import readiness


def test_live_needs_no_database(client: Client) -> None:
    assert client.get("/health/live").json() == {"live": True}


@pytest.mark.django_db
def test_ready(client: Client) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "faults": [], "weak": []})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_draining_process_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "_draining", threading.Event())
    readiness.drain()
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["faults"]) == (503, ["draining"])


@pytest.mark.django_db
def test_without_its_database_it_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", fail)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["faults"]) == (503, ["database"])


@pytest.mark.django_db
def test_without_its_cache_it_is_weak_and_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise ConnectionError("gone")

    monkeypatch.setattr(readiness.cache, "set", fail, raising=False)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["weak"]) == (200, ["cache"])


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_nothing_is_sent_there(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
