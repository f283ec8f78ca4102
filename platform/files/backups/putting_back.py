"""Putting a backup back: everything is looked at before anything is touched, and what was there is kept aside."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from files import storage
from files.backups import archive, media, postgresql, sqlite
from files.backups.archive import DATABASE, FILES, Broken, Manifest
from files.backups.taking import database, print_of_key
from shared import in_use


class StillRunning(Exception):
    """Somebody works with the database: nothing may be put in its place."""


@dataclass(slots=True)
class PutBack:
    """What was restored, where the old is, and which files the archive names that are not in the storage."""

    manifest: Manifest
    aside: str
    missing: list[str] = field(default_factory=list)
    has_other_key: bool = False


def put_back(path: Path, *, at: datetime) -> PutBack:
    """Restore the archive at `path`. Raises StillRunning, Broken, OSError, storage.StorageAway and storage.DiskFull;
    then everything is as it was.
    """
    kind, where = database()
    with _alone(where):
        manifest = archive.checked(path)
        _refuse_foreign(manifest, kind.KIND)
        aside = f"before-restore-{at:%Y%m%d-%H%M%S}"
        files = media.Staged(aside)
        with tempfile.TemporaryDirectory(prefix=".restoring-", dir=_beside(where)) as name:
            try:
                folder = Path(name)
                _unpack(path, manifest, folder, files)
                put = _sqlite if kind is sqlite else _postgresql
                old = put(manifest, where, folder, aside, files)
            finally:
                files.clear()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("rotate_epochs", verbosity=0)
        connections.close_all()
    return PutBack(manifest, old, _missing(manifest), manifest.key != print_of_key())


def _sqlite(manifest: Manifest, where: dict[str, Any], folder: Path, aside: str, files: media.Staged) -> str:
    new, name = folder / DATABASE, Path(where["NAME"])
    if sqlite.inspected(new) != manifest.counts:
        raise Broken("the tables have other rows than its manifest says")
    archive.to_disk(new)
    old = name.parent / aside
    old.mkdir(mode=0o700)
    with _taken_back(files):
        sqlite.put_in_place(new, name, old)
    return str(old)


def _postgresql(manifest: Manifest, where: dict[str, Any], folder: Path, aside: str, files: media.Staged) -> str:
    schema = aside.replace("-", "_")
    postgresql.script(where, folder / DATABASE, folder / "restore.sql")
    with _taken_back(files):
        postgresql.put_in_place(where, folder / "restore.sql", manifest.counts, schema)
    return f"the schema {schema}"


@contextmanager
def _taken_back(files: media.Staged) -> Iterator[None]:
    """The new files are in their place; the old ones are again, where what comes next fails."""
    try:
        files.put_in_place()
        yield
    except BaseException:
        files.take_back()
        raise


@contextmanager
def _alone(where: dict[str, Any]) -> Iterator[None]:
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
    if where["ENGINE"].endswith("postgresql"):
        if count := postgresql.others(where):
            raise StillRunning(f"{count} connections to the database are open")
        yield
        return
    try:
        with in_use.alone(str(where["NAME"])):
            yield
    except in_use.InUse as error:
        raise StillRunning("a server, a worker or a command has the database open") from error


def _refuse_foreign(manifest: Manifest, kind: str) -> None:
    if manifest.kind != kind:
        raise Broken(f"it is of a database of the kind {manifest.kind}, and DATABASE_URL names one of {kind}")
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if newer := sorted(set(manifest.migrations) - known):
        raise Broken(f"it was made by a newer version, which has {newer[0]}")


def _beside(where: dict[str, Any]) -> str | None:
    """Where the new database waits: for SQLite on the disk of the old one."""
    return None if where["ENGINE"].endswith("postgresql") else str(Path(where["NAME"]).parent)


def _unpack(path: Path, manifest: Manifest, folder: Path, files: media.Staged) -> None:
    def lay(name: str, source: IO[bytes]) -> None:
        if name == DATABASE:
            with os.fdopen(os.open(folder / DATABASE, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as file:
                if archive.copied(source, file) != manifest.members[name]:
                    raise Broken("the database is not what was written")
        elif name.startswith(FILES):
            files.add(name.removeprefix(FILES), source, manifest.members[name][0])

    archive.each_member(path, lay)


def _missing(manifest: Manifest) -> list[str]:
    """Files the archive only names which are not in the storage, or not as large."""

    def is_there(key: str, size: int) -> bool:
        try:
            return storage.size(key) == size
        except FileNotFoundError:
            return False

    return [key for key, size in manifest.listed.items() if not is_there(key, size)]
