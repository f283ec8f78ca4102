"""What arrived of an upload and waits to be cleaned, in the storage below `incoming/`: raw, and never for long."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from typing import IO, Final

from courses.media.models import Upload, UploadPart, UploadState, UploadWay
from courses.media.rules import uploads as rules
from files import s3_multipart, storage
from shared.errors import DomainError

ROOT: Final = "incoming"
AWAY_MS: Final = 5_000
FULL_MS: Final = 60_000
_LIVING: Final = (UploadState.OPEN, UploadState.COMPLETE)


class Incomplete(Exception):
    """What arrived is not there any more, or is not what it was."""


@contextmanager
def told_as_refusals() -> Iterator[None]:
    """The storage's passing faults as refusals that are worth another try."""
    try:
        yield
    except storage.StorageAway:
        raise DomainError("upload.storage_away", retry=True, after_ms=AWAY_MS) from None
    except storage.DiskFull:
        raise DomainError("upload.disk_full", retry=True, after_ms=FULL_MS) from None


def folder(upload: Upload) -> str:
    return f"{ROOT}/{upload.public_id}"


def gather(upload: Upload, into: IO[bytes]) -> None:
    """Writes the whole file, piece by piece, each part checked against its digest. Raises Incomplete, StorageAway,
    DiskFull.
    """
    try:
        if upload.way == UploadWay.DIRECT:
            done = storage.copy(upload.storage_key, into)
        else:
            done = sum(_part(part, into) for part in upload.parts.order_by("number"))
    except FileNotFoundError:
        raise Incomplete from None
    if done != upload.size:
        raise Incomplete


def delete(upload: Upload) -> None:
    """Parts, joined object and unfinished multipart upload, all of it; safe to do again. Raises StorageAway."""
    end_multipart(upload)
    storage.delete_below(folder(upload))
    UploadPart.objects.filter(upload=upload).delete()


def delete_strays() -> None:
    """Deletes what belongs to no upload that is open or being cleaned. Raises StorageAway."""
    found = {key.split("/")[1] for key in storage.below(ROOT)}
    living = Upload.objects.filter(public_id__in=found, state__in=_LIVING).values_list("public_id", flat=True)
    for stray in found - set(living):
        storage.delete_below(f"{ROOT}/{stray}")
    UploadPart.objects.exclude(upload__state__in=_LIVING).delete()


def end_multipart(upload: Upload) -> None:
    """Throw away parts that went straight to the storage. Left to the bucket's own rule while the storage is away."""
    if upload.multipart_id:
        with suppress(storage.StorageAway, FileNotFoundError):
            s3_multipart.end(upload.storage_key, upload.multipart_id)


def is_joined(upload: Upload) -> bool:
    """Whether S3 made one object of the parts. Raises StorageAway."""
    try:
        return storage.size(upload.storage_key) == upload.size
    except FileNotFoundError:
        return False


def is_lost(upload: Upload) -> bool:
    """Whether the storage has forgotten an upload that goes straight to it. Raises a refusal while it is away."""
    with told_as_refusals():
        try:
            s3_multipart.parts(upload.storage_key, upload.multipart_id)
        except FileNotFoundError:
            return not is_joined(upload)
    return False


def _part(part: UploadPart, into: IO[bytes]) -> int:
    body = storage.read(part.storage_key, 0, rules.LARGEST_PART + 1)
    if sha256(body).hexdigest() != part.digest:
        raise Incomplete
    with storage.faults():
        return into.write(body)
