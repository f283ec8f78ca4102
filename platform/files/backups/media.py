"""The storage's files in backups: all but `incoming/`, which is raw, and gone soon in any case."""

import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from django.conf import settings
from django.core.files import File

from files import storage
from files.backups.archive import copied, to_disk

_RAW: Final = "incoming/"


def keys() -> list[str]:
    """Every object that belongs into a backup."""
    if storage.on_s3():
        with storage.faults():
            pages = storage.client().get_paginator("list_objects_v2").paginate(Bucket=storage.bucket())
            found = [each["Key"] for page in pages for each in page.get("Contents", ())]
    else:
        root = Path(settings.MEDIA_ROOT)
        found = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]
    return sorted(key for key in found if not key.startswith((_RAW, ".")))


def sizes() -> dict[str, int]:
    """Bytes of each of them; one that went meanwhile is left out."""
    found: dict[str, int] = {}
    for key in keys():
        with suppress(FileNotFoundError):
            found[key] = storage.size(key)
    return found


class Staged:
    """Files of an archive, laid beside those that are there, and put in their place together.

    Local ones wait in a folder of the storage itself, so that moving them is renaming, and cannot fill a disk. On S3
    there is nothing to move aside: a key is never used for another content.
    """

    def __init__(self, aside: str) -> None:
        self._root = Path(settings.MEDIA_ROOT)
        self._new = self._root / f".restoring-{secrets.token_hex(4)}"
        self.aside = self._root / f".{aside}"
        self._is_far = storage.on_s3()

    def add(self, key: str, source: IO[bytes], size: int) -> None:
        """One more. Raises OSError, storage.StorageAway and storage.DiskFull."""
        if self._is_far:
            with suppress(FileNotFoundError):
                if storage.size(key) == size:
                    return
                storage.delete(key)
            storage.save(key, File(source, name=key))
            return
        path = self._new / key
        for folder in reversed([path.parent, *path.parent.relative_to(self._root).parents]):
            (self._root / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("xb") as file:
            path.chmod(0o600)
            copied(source, file)
        to_disk(path)

    def put_in_place(self) -> None:
        """Move what is there aside and these to their place. Raises OSError."""
        if not self._is_far:
            self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._new.mkdir(mode=0o700, exist_ok=True)
            self.aside.mkdir(mode=0o700)
            _move(_visible(self._root), self.aside)
            _move(self._new.iterdir(), self._root)
            to_disk(self._root)

    def take_back(self) -> None:
        """As it was before."""
        if not self._is_far and self.aside.is_dir():
            _move(_visible(self._root), self._new)
            _move(self.aside.iterdir(), self._root)
            self.aside.rmdir()

    def clear(self) -> None:
        """What was not put in its place goes."""
        for path in sorted(self._new.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        with suppress(FileNotFoundError):
            self._new.rmdir()


def _visible(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if not path.name.startswith("."))


def _move(paths: Iterator[Path], to: Path) -> None:
    for path in list(paths):
        path.rename(to / path.name)
