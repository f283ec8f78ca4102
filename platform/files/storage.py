"""Objects in the default storage, on local files or S3: whole, by range, by folder; and its two passing faults.

Every function raises StorageAway when the storage does not answer, DiskFull when nothing more fits on it, and
FileNotFoundError for an object that is not there.
"""

import contextlib
import errno
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, cast

from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from django.core.files.storage import default_storage, storages
from storages.backends.s3 import S3Storage

from web.readiness import Report

CHUNK: Final = 256 * 1024  # bytes read at once when an object is copied
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)
_NOT_THERE: Final = ("404", "NoSuchKey", "NoSuchUpload", "NotFound", "InvalidRange", "416")
# What MinIO and others say, by status 507 or by these words, when their disk is full.
_FULL_THERE: Final = ("XMinioStorageFull", "InsufficientStorage", "507", "QuotaExceeded")


class StorageAway(Exception):
    """The storage does not answer, or answers that it cannot at present."""


class DiskFull(Exception):
    """There is no room for more."""


def on_s3() -> bool:
    """Whether the default storage is an S3 server."""
    return isinstance(storages["default"], S3Storage)


def client() -> Any:
    """The S3 client of this thread."""
    return default_storage.connection.meta.client  # type: ignore[attr-defined]


def bucket() -> str:
    return str(default_storage.bucket_name)  # type: ignore[attr-defined]


@contextmanager
def faults() -> Iterator[None]:
    """Turns what the storage raises into this module's errors."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500))
        if code in _NOT_THERE or (status == 404 and code != "NoSuchBucket"):
            raise FileNotFoundError(errno.ENOENT, "no such object") from error
        if code in _FULL_THERE or status == 507:
            raise DiskFull from error
        # A refused key or bucket is the settings' fault: somebody will mend them, and nothing is lost by waiting.
        raise StorageAway(code) from error
    except BotoCoreError as error:
        raise StorageAway(type(error).__name__) from error
    except FileNotFoundError:
        raise
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull from error
        raise StorageAway(errno.errorcode.get(error.errno or 0, "OSError")) from error


def ask() -> Report:
    """Whether it takes files; `s3` tells which of the two it is."""
    if on_s3():
        with faults():
            client().head_bucket(Bucket=bucket())
        return Report(facts={"s3": True})
    folder = Path(default_storage.base_location)  # type: ignore[attr-defined]
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return Report(os.access(there, os.W_OK), {"s3": False})


def save(key: str, content: File[bytes]) -> None:
    """Keep a new object, safe from a power cut, under a key that was never used. What a failed write left goes."""
    with faults():
        try:
            kept = default_storage.save(key, content)
            if not on_s3():
                _to_disk(Path(default_storage.path(kept)))
        except BaseException:
            with contextlib.suppress(Exception):
                default_storage.delete(key)
            raise
    if kept != key:
        delete(kept)
        raise ValueError("the key was taken")


def size(key: str) -> int:
    """Bytes of the object."""
    with faults():
        return int(default_storage.size(key))


def read(key: str, start: int, end: int) -> bytes:
    """The bytes from `start` up to and without `end`, fewer where the object ends before."""
    if end <= start:
        return b""
    with faults():
        if on_s3():
            answer = client().get_object(Bucket=bucket(), Key=key, Range=f"bytes={start}-{end - 1}")
            return bytes(answer["Body"].read())
        with default_storage.open(key) as file:
            file.seek(start)
            return bytes(file.read(end - start))


def copy(key: str, to: IO[bytes]) -> int:
    """Appends the whole object to an open file, piece by piece; how many bytes it was."""
    done = 0
    while piece := _next(key, done):
        with faults():
            to.write(piece)
        done += len(piece)
    return done


@contextmanager
def opened(key: str, length: int) -> Iterator[BinaryIO]:
    """The object, of `length` bytes, as a seekable file; on S3 nothing is fetched but the ranges that are read."""
    with faults():
        if not on_s3():
            with default_storage.open(key) as file:
                yield cast(BinaryIO, file.file)
            return
        with io.BufferedReader(_Ranges(key, length), CHUNK) as far:
            yield far


def delete(key: str) -> None:
    """Gone, or never there."""
    with faults(), contextlib.suppress(FileNotFoundError):
        default_storage.delete(key)


def below(folder: str) -> list[str]:
    """Keys of every object whose key begins with `folder` and a slash."""
    with faults():
        if on_s3():
            pages = client().get_paginator("list_objects_v2").paginate(Bucket=bucket(), Prefix=f"{folder}/")
            return [found["Key"] for page in pages for found in page.get("Contents", ())]
        root = Path(default_storage.path(folder))
        base = Path(default_storage.path(""))
        return sorted(str(path.relative_to(base)) for path in root.rglob("*") if path.is_file())


def delete_below(folder: str, *, but: frozenset[str] = frozenset()) -> int:
    """Delete what is below `folder`, except these keys, and folders left empty; how many objects went."""
    gone = [key for key in below(folder) if key not in but]
    for key in gone:
        delete(key)
    if not on_s3():
        _drop_empty(Path(default_storage.path(folder)))
    return len(gone)


class _Ranges(io.RawIOBase):
    """Reads an object of S3 by ranges."""

    name = "object"  # libraries look for one

    def __init__(self, key: str, length: int) -> None:
        self._key, self._length, self._at = key, length, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        body = read(self._key, self._at, min(self._length, self._at + len(buffer)))
        buffer[: len(body)] = body
        self._at += len(body)
        return len(body)


def _to_disk(path: Path) -> None:
    for each in (path, path.parent):
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _next(key: str, start: int) -> bytes:
    try:
        return read(key, start, start + CHUNK)
    except FileNotFoundError:
        if start:  # S3 refuses a range that begins at the object's end
            return b""
        raise


def _drop_empty(root: Path) -> None:
    """Deepest first; a folder in use stays."""
    if not root.is_dir():
        return
    for path in sorted((path for path in root.rglob("*") if path.is_dir()), reverse=True):
        with contextlib.suppress(OSError):
            path.rmdir()
    with contextlib.suppress(OSError):
        root.rmdir()
