"""The settings tests run under: every variable fixed, whatever `.env` says, and nothing kept.

Without TEST_DATABASE_URL the suite runs on a SQLite file of its own, because threads of a test must meet at a real
lock; with it and TEST_REDIS_URL it runs on PostgreSQL and Redis, the tests marked `services` included.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

SCRATCH = Path(tempfile.mkdtemp(prefix="anfiteatro-tests-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

# Of several that run tests side by side each has a Redis database of its own, counted down from the one named.
_SIDE = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_REDIS, _, _NUMBER = os.environ.get("TEST_REDIS_URL", "").rpartition("/")
for name in [name for name in os.environ if name.startswith("ANFITEATRO_") and name != "ANFITEATRO_REQUIRE_ALL"]:
    del os.environ[name]
os.environ.update(
    SECRET_KEY="tests-only-and-long-enough-for-any-check-that-counts-letters",
    DEBUG="0",
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL", f"sqlite:///{SCRATCH / 'unused.sqlite3'}"),
    REDIS_URL=f"{_REDIS}/{int(_NUMBER) - _SIDE}" if _NUMBER.isdecimal() else os.environ.get("TEST_REDIS_URL", ""),
    ANFITEATRO_ENV_FILE=os.devnull,
    EMAIL_URL="memory:",
    ANFITEATRO_SITE_URL="http://testserver",
    ANFITEATRO_ORIGINS="http://testserver",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    ANFITEATRO_DEMO="0",
    ANFITEATRO_REHEARSAL="1",
    ANFITEATRO_LANGUAGE="en",
    ANFITEATRO_S3_BUCKET="",
    ANFITEATRO_LOG_LEVEL="WARNING",
)

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "web.sqlite":
    DATABASES["default"]["TEST"] = {"NAME": SCRATCH / "test.sqlite3"}
    # Durability is what a test run can do without.
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"
MEDIA_ROOT = SCRATCH / "media"
STATIC_ROOT = SCRATCH / "static"
STATIC_ROOT.mkdir()
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
