"""What every test may lean on, and which tests a machine can run.

Tests marked `services` need PostgreSQL and Redis (TEST_DATABASE_URL, TEST_REDIS_URL), those marked `browser` need
Chromium, those marked `ffmpeg` the programs ffmpeg and ffprobe. Where they are missing one line says so; with
ANFITEATRO_REQUIRE_ALL=1 that is an error.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management.color import no_style
from django.db import connections
from django.test import TransactionTestCase

CHROMIUM = os.environ.get("TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""
_postgresql = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
_MISSING = {
    "services": "" if _postgresql and settings.REDIS_URL else "TEST_DATABASE_URL and TEST_REDIS_URL name no services",
    "ffmpeg": "" if shutil.which("ffmpeg") and shutil.which("ffprobe") else "ffmpeg is not installed",
    "browser": "" if CHROMIUM and Path(CHROMIUM).exists() else "Chromium is not installed",
}


# Whether an example is slow is the machine's affair: no deadlines.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")


# What `migrate` fills and no test writes: content types, permissions, the catalogues of docs/assessments.md.
_REFERENCE = {"django_migrations", "django_content_type", "auth_permission", "logbook_instrument", "logbook_procedure"}
_KNOWS_A_DATABASE = {"db", "transactional_db", "django_db_setup"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="leave out tests that know no database")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this machine cannot run; the closing summary says so once per reason."""
    if config.getoption("--database-only"):
        pure = [item for item in items if not _knows_a_database(item)]
        items[:] = [item for item in items if _knows_a_database(item)]
        config.hook.pytest_deselected(items=pure)
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        (left if any(_MISSING[name] for name in _MISSING if item.get_closest_marker(name)) else kept).append(item)
    if left and os.environ.get("ANFITEATRO_REQUIRE_ALL") == "1":
        raise pytest.UsageError(f"{len(left)} tests cannot run here: {'; '.join(filter(None, _MISSING.values()))}")
    items[:] = kept
    config.stash[_left] = left


_left = pytest.StashKey[list[pytest.Item]]()


def _knows_a_database(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("services")
    return bool(marked or _KNOWS_A_DATABASE & set(getattr(item, "fixturenames", ())))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    left = config.stash.get(_left, [])
    for name, reason in _MISSING.items():
        if count := sum(1 for item in left if item.get_closest_marker(name)):
            terminalreporter.write_line(f"LEFT OUT: {count} tests marked {name}, because {reason}.")


@pytest.fixture(scope="session", autouse=True)
def _quick_flush() -> Iterator[None]:
    """A transactional test leaves empty tables behind, but for those that `migrate` fills. Django's own flush empties
    these too and then makes permissions, content types and catalogues anew: 350 ms after each of such tests.
    """

    def empty_tables(case: TransactionTestCase) -> None:
        for alias in case._databases_names(include_mirrors=False):  # type: ignore[attr-defined]
            connection = connections[alias]
            tables = set(connection.introspection.django_table_names(only_existing=True)) - _REFERENCE
            asked = " UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT 1 FROM \"{t}\")" for t in sorted(tables))
            with connection.cursor() as cursor:
                cursor.execute(asked)
                written = [name for (name,) in cursor.fetchall()]
            if written:
                connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), written, allow_cascade=True))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_tables)
        yield


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's Chromium."""
    return CHROMIUM


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Rate limits and other cached counts of one test are no business of the next."""
    cache.clear()
    yield
