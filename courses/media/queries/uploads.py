"""Uploads as their client sees them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from accounts.models import Person
from courses.cases.models import Case, MediaState
from courses.media.models import Upload, UploadState, UploadWay
from courses.media.rules import uploads as rules
from files import s3_multipart

_GONE = (MediaState.REFUSED, MediaState.REMOVED)


@dataclass(frozen=True, slots=True)
class UploadProgress:
    """Where an upload stands. Sizes in bytes, `have` the numbers of kept parts from 1, `medium` a public id."""

    upload: str
    way: str
    size: int
    part_bytes: int
    parts: int
    have: tuple[int, ...]
    state: str
    medium: str | None

    def as_json(self) -> dict[str, Any]:
        return {
            "upload": self.upload,
            "way": self.way,
            "size": self.size,
            "part_bytes": self.part_bytes,
            "parts": self.parts,
            "have": list(self.have),
            "state": self.state,
            "medium": self.medium,
        }


def find(upload: str, *, of: Person) -> Upload | None:
    """Somebody's own upload, with its case and medium at hand. One query."""
    mine = Upload.objects.select_related("case", "case__consent", "medium", "person")
    return mine.filter(public_id=upload, person=of).first()


def progress(upload: Upload) -> UploadProgress:
    """Where the upload stands. Asks S3 for what arrived there: raises StorageAway."""
    return UploadProgress(
        upload=upload.public_id,
        way=upload.way,
        size=upload.size,
        part_bytes=upload.part_bytes,
        parts=rules.count(upload.size, upload.part_bytes),
        have=have(upload) if upload.state == UploadState.OPEN else (),
        state=upload.state,
        medium=upload.medium.public_id if upload.medium else None,
    )


def have(upload: Upload) -> tuple[int, ...]:
    """Numbers of the parts that arrived whole, in order. Raises StorageAway."""
    if upload.way == UploadWay.SERVER:
        return tuple(upload.parts.values_list("number", flat=True))
    try:
        there = s3_multipart.parts(upload.storage_key, upload.multipart_id)
    except FileNotFoundError:
        return ()
    return tuple(n for n, part in sorted(there.items()) if part.size == rules.length(n, upload.size, upload.part_bytes))


def used_by(person: Person, *, but: Upload | None = None) -> tuple[int, int]:
    """How many files the person has sent or is sending, to whatever case, and their bytes together, `but` one."""
    return _counted(Upload.objects.filter(person=person), but)


def used(case: Case, *, but: Upload | None = None) -> tuple[int, int]:
    """How many files the case has or is being sent, and their bytes together, `but` one. One query."""
    return _counted(Upload.objects.filter(case=case), but)


def _counted(uploads: QuerySet[Upload], but: Upload | None) -> tuple[int, int]:
    counted = uploads.exclude(state=UploadState.ABANDONED)
    counted = counted.exclude(Q(medium__isnull=False) & Q(medium__state__in=_GONE))
    if but is not None:
        counted = counted.exclude(pk=but.pk)
    found = counted.aggregate(files=Count("pk"), size=Sum("size"))
    return found["files"], found["size"] or 0
