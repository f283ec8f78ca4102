"""Taking a backup, while everything runs."""

import tempfile
import tomllib
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.crypto import salted_hmac

from files import storage
from files.backups import archive, media, postgresql, sqlite
from files.backups.archive import Broken, Manifest


def database() -> tuple[ModuleType, dict[str, Any]]:
    """The module that knows our database, and where it is."""
    given: dict[str, Any] = settings.DATABASES["default"]
    return (postgresql if given["ENGINE"].endswith("postgresql") else sqlite), given


def print_of_key() -> str:
    """Tells whether another SECRET_KEY is in use, and nothing more about it."""
    return salted_hmac("files.backups", "key", algorithm="sha256").hexdigest()[:16]


def take(path: Path, *, at: datetime, with_files: bool) -> Manifest:
    """Write the archive at `path` and read it again; without its files it only lists them. Raises Broken and OSError,
    storage.StorageAway and storage.DiskFull.

    The database comes first: a file that comes later is one too many, and harmless; one that went was deleted.
    """
    kind, where = database()
    manifest = Manifest(made_at=at.isoformat(timespec="seconds"), kind=kind.KIND, key=print_of_key())
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.parent) as folder:
        dumped = Path(folder) / archive.DATABASE
        manifest.counts = kind.dump(where, dumped)
        manifest.migrations = sorted(f"{app}.{name}" for app, name in _applied())
        manifest.versions = _versions(kind.version(where))
        with archive.written(path) as writer:
            with dumped.open("rb") as file:
                writer.add(archive.DATABASE, file, dumped.stat().st_size)
            manifest.listed = {} if with_files else media.sizes()
            for key in media.keys() if with_files else ():
                _add(writer, key)
            writer.finish(manifest)
    try:
        return archive.checked(path)
    except Broken:
        path.unlink()
        raise


def _add(writer: archive.Writer, key: str) -> None:
    with suppress(FileNotFoundError):
        size = storage.size(key)
        with storage.opened(key, size) as file:
            writer.add(f"{archive.FILES}{key}", file, size)


def _applied() -> list[tuple[str, str]]:
    return list(MigrationRecorder(connection).applied_migrations())


def _versions(of_database: str) -> dict[str, str]:
    project = tomllib.loads((Path(__file__).resolve().parents[3] / "pyproject.toml").read_text())["project"]
    return {"anfiteatro": project["version"], "django": django.__version__, "database": of_database}
