"""The shared cache: this process's memory stands in for a Redis that is away, or that hangs."""

import logging
from collections.abc import Iterator

import pytest
from redis import Redis

from tests.hanging import hanging, nobody
from web import caches
from web.caches import SpareCache


@pytest.fixture(params=["away", "hung"])
def cache(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[SpareCache]:
    monkeypatch.setattr(caches, "PATIENCE", 0.05)
    monkeypatch.setattr(caches, "_away_until", {})
    with hanging() as port:
        yield SpareCache(f"redis://127.0.0.1:{port if request.param == 'hung' else nobody()}/0", {})


def test_what_is_kept_is_kept_here(cache: SpareCache) -> None:
    assert cache.add("one", 1) is True
    assert cache.add("one", 2) is False
    cache.set("two", 2)
    cache.set_many({"three": 3})
    assert cache.get("one") == 1
    assert cache.get_many(["two", "three", "four"]) == {"two": 2, "three": 3}
    assert cache.incr("two", 5) == 7
    assert cache.touch("two")
    assert cache.has_key("two")
    assert cache.delete("two")
    cache.delete_many(["three"])
    assert cache.get("three", "none") == "none"
    cache.clear()
    assert cache.get("one") is None


def test_it_is_asked_once_and_then_left_alone(cache: SpareCache, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "web.caches"):
        for _ in range(20):
            cache.get("one")
    assert cache.is_away
    assert len(caplog.records) == 1


def test_after_a_pause_it_is_asked_again(cache: SpareCache, caplog: pytest.LogCaptureFixture) -> None:
    instant = 100.0
    cache._clock = lambda: instant
    cache.get("one")
    instant += caches.PAUSE
    assert not cache.is_away
    cache.get("one")
    assert cache.is_away
    assert len(caplog.records) == 2


def test_no_call_tries_for_longer_than_its_patience(cache: SpareCache) -> None:
    pool = Redis(connection_pool=cache._cache.get_client("one").connection_pool).connection_pool
    told = pool.connection_kwargs
    assert (told["socket_timeout"], told["socket_connect_timeout"], told["retry"]._retries) == (0.05, 0.05, 0)
