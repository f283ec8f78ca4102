"""Folders for work in hand, which do not outlive their process for long, however it ends."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_LOCK: Final = "in-use"


@contextmanager
def folder(purpose: str) -> Iterator[Path]:
    """A new empty folder among the system's temporary ones, deleted on the way out. Raises OSError.

    What killed processes left under the same purpose is deleted first: they do not hold their lock any more.
    """
    sweep(purpose)
    made = Path(tempfile.mkdtemp(prefix=_prefix(purpose)))
    try:
        lock = os.open(made / f"{_LOCK}.new", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            (made / f"{_LOCK}.new").rename(made / _LOCK)  # nobody ever sees it unlocked
            yield made
        finally:
            os.close(lock)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def sweep(purpose: str) -> int:
    """Delete the folders of this purpose whose process is gone; how many."""
    return sum(_swept(left) for left in Path(tempfile.gettempdir()).glob(f"{_prefix(purpose)}*"))


def _swept(left: Path) -> bool:
    with suppress(OSError):
        lock = os.open(left / _LOCK, os.O_RDWR | os.O_CLOEXEC)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
            return True
        finally:
            os.close(lock)
    return False


def _prefix(purpose: str) -> str:
    return f"anfiteatro-{purpose}-{os.getuid()}-"
