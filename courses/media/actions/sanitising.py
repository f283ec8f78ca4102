"""From a whole upload to a medium, in the task queue: gather, clean in a child process, keep what came out, delete the
rest.

A task may be run twice, or be killed anywhere. What a run stores lies in a folder of its own below the medium's, counts
from one transaction on, and everything in the medium's folder that does not count is deleted. The raw upload is deleted
whatever came of it.
"""

import logging
import secrets
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from django.core.files import File
from django.db import transaction
from django_tasks import task

from courses import identifiers
from courses.cases.models import MediaFile, MediaState, Rendition
from courses.media.actions import raw_uploads
from courses.media.models import Upload, UploadState
from courses.media.sanitising import process
from courses.media.sanitising.limits import Limits
from courses.media.sanitising.results import Clean, Kind, Refused
from files import scratch, storage
from jobs import retries

logger = logging.getLogger(__name__)

# A worker's lease is ten minutes (web.worker): gathering and keeping a large file must fit in beside the cleaning.
LIMITS: Final = Limits(long_seconds=420)
PURPOSE: Final = "cleaning"
_SURPRISES: Final = 3  # tries after a fault that nobody foresaw
_KILLED: Final = ("status -9", "status -15")  # the child, by the system's want of memory or by somebody: not the file


@task()
def clean(upload: str, attempt: int = 1) -> None:
    """Clean the complete upload of this public id; later again when that fails for a passing reason."""
    found = Upload.objects.select_related("medium").filter(public_id=upload, state=UploadState.COMPLETE).first()
    if found is None or found.medium is None:
        return
    try:
        if found.medium.state == MediaState.PROCESSING:
            _make(found, found.medium)
        _finish(found, found.medium)
    except storage.StorageAway as error:
        _later(found, attempt, "media.storage_away", error, len(retries.DELAYS))
    except storage.DiskFull as error:
        _later(found, attempt, "media.disk_full", error, len(retries.DELAYS))
    except Refused as refused:  # a full disk below the child, or somebody killed it
        _later(
            found, attempt, refused.code, refused, len(retries.DELAYS) if refused.is_worth_another_try else _SURPRISES
        )
    except Exception as error:
        logger.exception("The upload %s could not be cleaned", upload)
        _later(found, attempt, "media.broken", error, _SURPRISES)


def refuse(medium: MediaFile, code: str) -> None:
    """Nothing came of the file. The first outcome counts."""
    MediaFile.objects.filter(pk=medium.pk, state=MediaState.PROCESSING).update(state=MediaState.REFUSED, refusal=code)


def give_up(upload: Upload, code: str) -> None:
    """Nothing comes of this upload any more, and nothing of it is kept."""
    if upload.medium is not None:
        refuse(upload.medium, code)
    Upload.objects.filter(pk=upload.pk).update(state=UploadState.DONE)
    with suppress(storage.StorageAway):
        raw_uploads.delete(upload)


def _make(upload: Upload, medium: MediaFile) -> None:
    """Raises what is worth another try: Refused for a full disk or a killed child, StorageAway, DiskFull."""
    with storage.faults(), scratch.folder(PURPOSE) as folder:
        source, out = folder / "source", folder / "out"
        out.mkdir()
        try:
            with source.open("wb") as file:
                raw_uploads.gather(upload, file)
        except raw_uploads.Incomplete:
            return refuse(medium, "media.lost")
        try:
            done = process.clean(source, out, LIMITS)
            shown = _window(out, done)
        except Refused as refused:
            if refused.is_worth_another_try or refused.why in _KILLED:
                raise
            logger.info("The upload %s was refused: %s %s", upload.public_id, refused.code, refused.why)
            return refuse(medium, refused.code)
        except ValueError:
            return refuse(medium, "media.broken")
        source.unlink()
        return _keep(medium, done, out, shown)


def _window(out: Path, done: Clean) -> dict[str, Any]:
    """What the viewer of a scan needs to know; empty for the rest. Raises ValueError."""
    if done.kind is not Kind.DICOM:
        return {}
    from courses.media.sanitising import windows

    main = next(file for file in done.files if file.name.endswith(".dcm"))
    return asdict(windows.describe(out / main.name))


def _keep(medium: MediaFile, done: Clean, out: Path, shown: dict[str, Any]) -> None:
    run = f"cases/{medium.folder}/{secrets.token_hex(8)}"
    is_kept = False
    try:
        for file in done.files:
            with (out / file.name).open("rb") as content:
                storage.save(f"{run}/{file.name}", File(content))
        is_kept = _count(medium, done, run, shown)
    finally:
        if not is_kept:  # a fault, or somebody else was first, or it was removed meanwhile
            with suppress(storage.StorageAway):
                storage.delete_below(run)


def _count(medium: MediaFile, done: Clean, run: str, shown: dict[str, Any]) -> bool:
    """From here on these files are the medium; False when it has come to another end."""
    with transaction.atomic():
        locked = MediaFile.objects.select_for_update().get(pk=medium.pk)
        if locked.state != MediaState.PROCESSING:
            return False
        locked.state, locked.kind = MediaState.READY, done.kind.value
        locked.removed, locked.burned_in = list(done.removed), done.burned_in
        locked.findings = sorted(identifiers.kinds_in(done.text))  # the text itself is kept nowhere
        locked.width, locked.height, locked.seconds = done.width, done.height, done.seconds
        locked.frames = done.pages or done.frames or 1
        locked.windows = shown
        locked.save()
        Rendition.objects.bulk_create(
            Rendition(
                medium=locked,
                name=file.name,
                storage_key=f"{run}/{file.name}",
                media_type=file.media_type,
                size=file.size,
                width=file.width,
                height=file.height,
            )
            for file in done.files
        )
    return True


def _finish(upload: Upload, medium: MediaFile) -> None:
    """The raw upload goes, and what killed runs stored. Raises StorageAway."""
    raw_uploads.delete(upload)
    medium.refresh_from_db(fields=["state"])
    is_ready = medium.state == MediaState.READY
    counting = medium.renditions.values_list("storage_key", flat=True) if is_ready else ()
    storage.delete_below(f"cases/{medium.folder}", but=frozenset(counting))
    Upload.objects.filter(pk=upload.pk).update(state=UploadState.DONE)


def _later(upload: Upload, attempt: int, code: str, error: Exception, tries: int) -> None:
    """Queue it again, or give up and say so. What is left in the storage then is deleted by the tidying."""
    if attempt <= tries:
        logger.warning(
            "The upload %s waits %s s: %s", upload.public_id, retries.DELAYS[attempt - 1], type(error).__name__
        )
        return retries.again(clean, upload.public_id, attempt)
    logger.error("The upload %s is given up at try %s: %s", upload.public_id, attempt, type(error).__name__)
    return give_up(upload, code)
