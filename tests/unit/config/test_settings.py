"""A malformed setting ends the start with its name and what is expected; all of them at once."""

import importlib
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings

import config
from config.environment import Malformed

ROOT: Path = settings.BASE_DIR
GOOD = {
    "SECRET_KEY": "tests-only-and-long-enough-for-any-check-that-counts-letters",
    "ANFITEATRO_ENV_FILE": os.devnull,
}
MODULES = ("environment", "limits", "logs", "settings")

MALFORMED: list[tuple[str, str]] = [
    ("SECRET_KEY", ""),
    ("SECRET_KEY", "short"),
    ("SECRET_KEY", "a" * 60),
    ("DEBUG", "maybe"),
    ("DEBUG", ""),
    ("ANFITEATRO_DEMO", "oui"),
    ("ANFITEATRO_REHEARSAL", "2"),
    ("ANFITEATRO_BEHIND_PROXY", "nginx"),
    ("ANFITEATRO_PORT", "http"),
    ("ANFITEATRO_PORT", "0"),
    ("ANFITEATRO_PORT", "65536"),
    ("ANFITEATRO_PORT", "80.5"),
    ("ANFITEATRO_SITE_URL", ""),
    ("ANFITEATRO_SITE_URL", "example.org"),
    ("ANFITEATRO_SITE_URL", "ftp://example.org"),
    ("ANFITEATRO_SITE_URL", "https://example.org/anfiteatro"),
    ("ANFITEATRO_SITE_URL", "https://"),
    ("ANFITEATRO_SITE_URL", "https://example.org:99999"),
    ("ANFITEATRO_SITE_URL", "https://exa mple.org"),
    ("ANFITEATRO_SITE_URL", "https://user:word@example.org"),
    ("ANFITEATRO_SITE_URL", "https://999.1.1.1"),
    ("ANFITEATRO_SITE_URL", "https://quirófano.example"),
    ("ANFITEATRO_ORIGINS", "https://example.org,example.net"),
    ("ANFITEATRO_ORIGINS", "https://example.org,,https://example.net"),
    ("ALLOWED_HOSTS", "https://example.org"),
    ("ALLOWED_HOSTS", "example.org:443"),
    ("ALLOWED_HOSTS", "example.org example.net"),
    ("ALLOWED_HOSTS", ""),
    ("ANFITEATRO_LANGUAGE", "fr"),
    ("ANFITEATRO_LANGUAGE", ""),
    ("ANFITEATRO_LOG_LEVEL", "verbose"),
    ("DATABASE_URL", ""),
    ("DATABASE_URL", "anfiteatro.sqlite3"),
    ("DATABASE_URL", "mysql://root@localhost/anfiteatro"),
    ("DATABASE_URL", "postgresql://localhost"),
    ("DATABASE_URL", "postgresql://me:word@localhost:port/anfiteatro"),
    ("DATABASE_URL", "sqlite:///"),
    ("DATABASE_URL", "sqlite:////etc"),
    ("DATABASE_URL", "sqlite:////etc/passwd/anfiteatro.sqlite3"),
    ("REDIS_URL", "localhost:6379"),
    ("REDIS_URL", "http://localhost:6379"),
    ("REDIS_URL", "redis://localhost:6379/first"),
    ("REDIS_URL", "redis://"),
    ("ANFITEATRO_TASK_RUNNER", "threads"),
    ("ANFITEATRO_S3_BUCKET", "My Bucket"),
    ("ANFITEATRO_S3_ENDPOINT", "minio:9000"),
    ("ANFITEATRO_S3_ENDPOINT", "s3://minio"),
    ("ANFITEATRO_S3_PUBLIC_ENDPOINT", "https://files.example.org/bucket"),
    ("ANFITEATRO_S3_REGION", "Europe (Ireland)"),
    ("EMAIL_URL", ""),
    ("EMAIL_URL", "mail.example.org"),
    ("EMAIL_URL", "smtp://"),
    ("EMAIL_URL", "smtp://mail.example.org:submission"),
    ("EMAIL_URL", "smtp://mail.example.org:587/?tls=please"),
    ("EMAIL_URL", "smtp://mail.example.org:587/?starttls=True"),
    ("EMAIL_URL", "imap://mail.example.org"),
    ("ANFITEATRO_MAIL_FROM", "Anfiteatro"),
    ("ANFITEATRO_MAIL_FROM", "Anfiteatro <no-reply@>"),
    ("ANFITEATRO_MAIL_FROM", "a@example.org, b@example.org"),
    ("ANFITEATRO_MEDIA_MAX_BYTES", "500M"),
    ("ANFITEATRO_MEDIA_MAX_BYTES", "0"),
    ("ANFITEATRO_CASE_MEDIA_MAX_BYTES", "2000"),
    ("ANFITEATRO_MEDIA_URL_SECONDS", "-1"),
    ("ANFITEATRO_PAGES_AT_ONCE", "0"),
    ("ANFITEATRO_PAGES_WAITING", "many"),
    ("ANFITEATRO_PAGES_PATIENCE", "nan"),
    ("ANFITEATRO_ROOM_PING_SECONDS", "0"),
    ("ANFITEATRO_ROOM_PING_SECONDS", "20s"),
    ("ANFITEATRO_ROOM_SILENCE_SECONDS", "19"),
    ("ANFITEATRO_ROOM_SYNC_SECONDS", "inf"),
    ("ANFITEATRO_ROOM_MAX_DEPTH", "1e3"),
    ("ANFITEATRO_ROOM_DRAIN_SECONDS", "13"),
    ("ANFITEATRO_ROOM_RATE_FACTOR", "0"),
    ("ANFITEATRO_ATTENDANCE_GAP_SECONDS", "-5"),
    ("ANFITEATRO_ATTENDANCE_THRESHOLD_PERCENT", "101"),
    ("ANFITEATRO_ENV_FILE", "/nowhere/.env"),
]
TYPOS = {
    "ANFITEATRO_PROT": "ANFITEATRO_PORT",
    "ANFITEATRO_SITE_ULR": "ANFITEATRO_SITE_URL",
    "ANFITEATRO_ROOM_PING": "ANFITEATRO_ROOM_PING_SECONDS",
    "ANFITETRO_DEMO": "ANFITEATRO_DEMO",
    "anfiteatro_demo": "ANFITEATRO_DEMO",
}


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The settings as a start with these variables reads them."""

    def start(**given: str) -> ModuleType:
        for name in [name for name in os.environ if name.upper().startswith("ANFIT")]:
            monkeypatch.delenv(name)
        for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "ALLOWED_HOSTS", "DEBUG"):
            monkeypatch.delenv(name, raising=False)
        for name, value in {**GOOD, **given}.items():
            monkeypatch.setenv(name, value)
        for module in MODULES:
            monkeypatch.delitem(sys.modules, f"config.{module}")
            monkeypatch.setattr(config, module, None, raising=False)
        return importlib.import_module("config.settings")

    return start


@pytest.mark.parametrize(("name", "value"), MALFORMED)
def test_a_malformed_value_is_refused_by_name(started: Any, name: str, value: str) -> None:
    with pytest.raises(SystemExit) as told:
        started(**{name: value})
    (line,) = str(told.value).splitlines()[1:]
    assert line.startswith(f"  {name}: ")
    assert "expected" in line or line.endswith("is required")
    if value and name in ("SECRET_KEY", "DATABASE_URL", "EMAIL_URL", "REDIS_URL"):
        assert f"“{value[:60]}" not in line  # it may hold a password


@pytest.mark.parametrize(("typo", "meant"), TYPOS.items())
def test_a_name_that_is_nobodys_is_told(started: Any, typo: str, meant: str) -> None:
    with pytest.raises(SystemExit, match=f"  {typo}: no such setting; did you mean {meant}\\?"):
        started(**{typo: "1"})


def test_a_misspelt_name_in_the_file_is_told_too(started: Any, tmp_path: Path) -> None:
    (tmp_path / "env").write_text("DATABASE_ULR=postgresql://localhost/a\nCOMPOSE_PROJECT_NAME=theatre\n")
    with pytest.raises(SystemExit, match="DATABASE_ULR: no such setting; did you mean DATABASE_URL") as told:
        started(ANFITEATRO_ENV_FILE=str(tmp_path / "env"))
    assert "COMPOSE" not in str(told.value)


@pytest.mark.parametrize(
    "content", [b"ANFITEATRO_DEMO\n", b"= 1\n", "ANFITEATRO_MAIL_FROM=Coraz\xf3n".encode("latin-1")]
)
def test_a_file_that_is_none_is_told(started: Any, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "env").write_bytes(content)
    with pytest.raises(SystemExit, match="expected"):
        started(ANFITEATRO_ENV_FILE=str(tmp_path / "env"))


def test_what_is_well_formed_is_taken(started: Any, tmp_path: Path) -> None:
    (tmp_path / "env").write_bytes("\ufeffANFITEATRO_PORT=9000 # ours\nDEBUG=true\n".encode())
    got = started(
        ANFITEATRO_ENV_FILE=str(tmp_path / "env"),
        ANFITEATRO_SITE_URL="https://xn--quirfano-d4a.example:8443/",
        ANFITEATRO_ORIGINS="https://a.example, http://[::1]:8000",
        ALLOWED_HOSTS=".example.org,[::1],10.0.0.1,*",
        DATABASE_URL="postgresql://me:w%40rd@db:5432/anfiteatro?sslmode=require",
        REDIS_URL="rediss://:word@redis:6379/15",
        EMAIL_URL="smtp://me%40example.org:word@mail.example.org:587/?tls=True",
        ANFITEATRO_MAIL_FROM="Hospital <no-reply@hospital.example>",
        ANFITEATRO_S3_BUCKET="anfiteatro-files",
        ANFITEATRO_S3_ENDPOINT="http://s3:9000/",
        ANFITEATRO_ROOM_TICK_SECONDS="0",
    )
    assert (got.PORT, got.DEBUG, got.SITE_URL) == (9000, True, "https://xn--quirfano-d4a.example:8443")
    assert got.S3_ENDPOINT == "http://s3:9000"
    assert (got.EMAIL_HOST_USER, got.EMAIL_USE_TLS) == ("me@example.org", True)
    assert got.DATABASES["default"]["PASSWORD"] == "w@rd"
    assert got.DATABASES["default"]["OPTIONS"]["sslmode"] == "require"
    assert got.DATABASES["default"]["OPTIONS"]["pool"]["max_size"] == got.PAGES_AT_ONCE + 8


def test_all_are_told_at_once_without_a_traceback() -> None:
    """A start from the command line, with twelve faults."""
    wrong = dict(MALFORMED[i] for i in (5, 7, 8, 13, 24, 28, 30, 35, 41, 43, 52, 66))
    given = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=given | GOOD | wrong, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    head, *lines = done.stderr.strip().splitlines()
    assert "12 settings" in head
    assert [line.split(":")[0].strip() for line in lines] == sorted(wrong)


def test_it_ends_a_start() -> None:
    assert issubclass(Malformed, SystemExit)
