"""SQLite in backups: a copy taken while it runs, and a file put in the place of another one with its whole tail."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from files.backups.archive import Broken, to_disk

KIND: Final = "sqlite"
# A WAL that is left over from the old database would be played into the new one.
TAIL: Final = ("", "-wal", "-shm", "-journal")


def version(settings: dict[str, Any]) -> str:
    """What runs here."""
    return f"SQLite {sqlite3.sqlite_version}"


def dump(settings: dict[str, Any], to: Path) -> dict[str, int]:
    """Copy the database as it is at one moment, whoever writes meanwhile; the rows of each table. Raises Broken."""
    name = Path(settings["NAME"])
    if not name.is_file():
        raise Broken(f"there is no database at {name}")
    try:
        with closing(sqlite3.connect(f"{name.as_uri()}?mode=rw", uri=True, timeout=20)) as source:
            with closing(sqlite3.connect(to)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            return inspected(to)
    except sqlite3.DatabaseError as error:
        raise Broken(f"the database at {name} cannot be read: {error}") from error


def inspected(path: Path) -> dict[str, int]:
    """The rows of each table of a database whose every page was looked at. Raises Broken."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as database:
            (verdict,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            if verdict != "ok":
                raise Broken(f"the database is damaged: {verdict}")
            tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            names = sorted(name for (name,) in database.execute(tables))
            return {name: _count(database, name) for name in names}
    except sqlite3.DatabaseError as error:
        raise Broken(f"the database is damaged: {error}") from error


def put_in_place(new: Path, name: Path, aside: Path) -> None:
    """Move the old database with its whole tail to `aside`, then the new one to its place."""
    moved: list[str] = []
    try:
        for end in (*TAIL[1:], TAIL[0]):
            old = name.with_name(name.name + end)
            if old.exists():
                old.rename(aside / old.name)
                moved.append(old.name)
        new.rename(name)
    except OSError:
        for each in moved:
            (aside / each).rename(name.with_name(each))
        raise
    to_disk(name.parent)


def _count(database: sqlite3.Connection, table: str) -> int:
    quoted = table.replace('"', '""')
    (count,) = database.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()  # noqa: S608 - a name of the database
    return int(count)
