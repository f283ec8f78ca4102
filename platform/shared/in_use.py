"""Whether a database file is in use: every process that opens it shares a lock beside it, however it ends.

A restore wants the lock for itself. So it knows that nobody is running, and nobody starts while it works.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

RESTORING: Final = "The database is being restored. Start again when that is done."

_held: dict[Path, int] = {}


class InUse(Exception):
    """Some process works on the database, or restores it."""


def lock_beside(database: str) -> Path | None:
    """The file that is locked for this database; None where that is no file of ours."""
    path = Path(database)
    return path.with_name(f"{path.name}.in-use") if path.is_absolute() and path.parent.is_dir() else None


def hold(database: str) -> None:
    """Share the lock until this process ends; once more does no harm. Raises InUse during a restore."""
    path = lock_beside(database)
    if path is None or path in _held:
        return
    _held[path] = _locked(path, fcntl.LOCK_SH)
    for end in ("", "-wal", "-shm"):  # made before, by somebody who let others read it
        with suppress(OSError):
            Path(f"{database}{end}").chmod(0o600)


def hold_or_fail(database: str) -> None:
    """The same for who opens the database. Raises sqlite3.OperationalError."""
    try:
        hold(database)
    except InUse as error:
        raise sqlite3.OperationalError(RESTORING) from error


@contextmanager
def alone(database: str) -> Iterator[None]:
    """Nobody else has the database open, nor opens it before the end. Raises InUse."""
    path = lock_beside(database)
    if path is None:
        yield
        return
    if path in _held:
        os.close(_held.pop(path))
    _held[path] = _locked(path, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(_held.pop(path))


def _locked(path: Path, kind: int) -> int:
    lock = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        raise InUse from error
    return lock
