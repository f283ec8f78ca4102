"""Taking a file in, part by part: begin, keep a part, give addresses, complete, abandon, tidy up.

Nothing here waits for the storage inside a transaction. Storage that is away or full is `upload.storage_away` or
`upload.disk_full`, both worth another try; what had arrived stays.
"""

import logging
import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts.models import Person
from courses.cases.models import Case, MediaFile
from courses.cases.policies.cases import may_edit_case
from courses.media.actions import raw_uploads, sanitising
from courses.media.actions.raw_uploads import told_as_refusals
from courses.media.models import Upload, UploadPart, UploadState, UploadWay
from courses.media.queries import uploads as queries
from courses.media.rules import uploads as rules
from files import s3_multipart, scratch, storage
from shared.errors import DomainError

logger = logging.getLogger(__name__)

KEPT: Final = timedelta(days=2)  # an open upload is resumed within it or begun anew
STUCK: Final = timedelta(days=1)  # a complete one is cleaned within it, retries included


def begin(
    *, by: Person, case: Case, key: UUID, size: int, at: datetime, way: str = "", part_bytes: int | None = None
) -> Upload:
    """The upload of the file `key` of `size` bytes, as it stands or begun now. Idempotent; an abandoned one is begun
    anew, and an open one turned from straight to the storage to through the server when `way` says so.

    Raises `upload.forbidden`, `upload.too_large`, `upload.too_many`, `upload.case_full`, `upload.person_files`,
    `upload.person_full`, `upload.key_taken`.
    """
    if not may_edit_case(by, case):
        raise DomainError("upload.forbidden")
    if size > settings.MEDIA_MAX_BYTES:
        raise DomainError("upload.too_large", megabytes=settings.MEDIA_MAX_BYTES // rules.MIB)
    chosen = _way(way)
    if known := Upload.objects.select_related("case", "medium").filter(person=by, key=key).first():
        return _again(known, case=case, size=size, way=chosen, is_asked=bool(way), part_bytes=part_bytes, at=at)
    new = Upload(case=case, person=by, key=key, size=size, created_at=at)
    try:
        return _opened(new, chosen, part_bytes)
    except IntegrityError:  # the same key, a moment before us
        return Upload.objects.select_related("case", "medium").get(person=by, key=key)


def keep_part(*, by: Person, upload: Upload, number: int, body: bytes, digest: str = "") -> None:
    """Keep one part sent through the server. `digest` is its SHA-256 in hexadecimal, checked unless empty. Idempotent.

    Raises `upload.forbidden`, `upload.over`, `upload.wrong_way`, `upload.malformed`, `upload.wrong_length`,
    `upload.wrong_digest`, `upload.part_differs`.
    """
    if not may_edit_case(by, upload.case):
        raise DomainError("upload.forbidden")
    if not _is_open(upload):
        return
    _check_way(upload, UploadWay.SERVER)
    expected = rules.length(number, upload.size, upload.part_bytes)
    if not expected:
        raise DomainError("upload.malformed")
    if len(body) != expected:
        raise DomainError("upload.wrong_length")
    found = sha256(body).hexdigest()
    if digest and digest.lower() != found:
        raise DomainError("upload.wrong_digest")
    if _is_kept(upload, number, found):
        return
    # A key of its own for every try: two that meet, or one that was cut short, never write to the same place.
    place = f"{raw_uploads.folder(upload)}/{number}-{secrets.token_hex(8)}"
    with told_as_refusals():
        storage.save(place, ContentFile(body))
    part = UploadPart(upload=upload, number=number, size=expected, digest=found, storage_key=place)
    if not _noted(part):
        with suppress(storage.StorageAway):  # the tidying finds it
            storage.delete(place)
        upload.refresh_from_db(fields=["state"])
        if _is_open(upload):
            _is_kept(upload, number, found)


def addresses(*, by: Person, upload: Upload, numbers: Sequence[int]) -> list[tuple[int, str, int]]:
    """Where to send these parts straight to the storage: number, address, bytes.

    Raises `upload.forbidden`, `upload.over`, `upload.wrong_way`, `upload.malformed`.
    """
    if not may_edit_case(by, upload.case):
        raise DomainError("upload.forbidden")
    _check_way(upload, UploadWay.DIRECT)
    if not _is_open(upload):
        return []
    lengths = {number: rules.length(number, upload.size, upload.part_bytes) for number in numbers}
    if not lengths or not all(lengths.values()) or len(lengths) > rules.NUMBERS_AT_ONCE:
        raise DomainError("upload.malformed")
    return [
        (number, s3_multipart.address(upload.storage_key, upload.multipart_id, number, length), length)
        for number, length in sorted(lengths.items())
    ]


def complete(*, by: Person, upload: Upload, at: datetime) -> Upload:
    """All parts are there: a medium is made and its cleaning queued. Idempotent.

    Raises `upload.forbidden`, `upload.over`, `upload.incomplete` with the parameter `missing`, and
    `upload.wrong_length` when more was sent than was said, which ends the upload.
    """
    if not may_edit_case(by, upload.case):
        raise DomainError("upload.forbidden")
    if not _is_open(upload):
        return upload
    with told_as_refusals():
        if upload.way == UploadWay.DIRECT:
            _join(upload)
        elif lacking := rules.missing(queries.have(upload), upload.size, upload.part_bytes):
            raise DomainError("upload.incomplete", missing=lacking)
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=upload.case_id)
        locked = Upload.objects.select_for_update().get(pk=upload.pk)
        if not may_edit_case(by, case):
            raise DomainError("upload.forbidden")
        if _is_open(locked):
            last = MediaFile.objects.filter(case=case).aggregate(last=Max("position"))["last"]
            position = 0 if last is None else last + 1
            locked.medium = MediaFile.objects.create(case=case, uploaded_by=by, position=position, created_at=at)
            locked.state, locked.completed_at = UploadState.COMPLETE, at
            locked.save(update_fields=["medium", "state", "completed_at"])
            sanitising.clean.enqueue(locked.public_id)
    return Upload.objects.select_related("case", "medium").get(pk=upload.pk)


def abandon(*, by: Person, upload: Upload) -> Upload:
    """Give an open upload up and delete what arrived; a complete one goes on. Idempotent.

    Raises `upload.forbidden` for somebody else's.
    """
    if upload.person_id != by.pk:
        raise DomainError("upload.forbidden")
    _give_up(upload)
    upload.refresh_from_db(fields=["state"])
    return upload


def tidy(at: datetime) -> None:
    """Give up uploads left open or uncleaned for two days, queue again the cleaning of those whose task was lost, and
    delete what belongs to no living upload. Safe to be cut short and done twice.
    """
    for stale in Upload.objects.filter(state=UploadState.OPEN, created_at__lt=at - KEPT):
        _give_up(stale)
    for lost in Upload.objects.filter(state=UploadState.COMPLETE, completed_at__lt=at - KEPT).select_related("medium"):
        sanitising.give_up(lost, "media.lost")
    raw_uploads.delete_strays()
    scratch.sweep(sanitising.PURPOSE)
    stuck = Upload.objects.filter(state=UploadState.COMPLETE, completed_at__lt=at - STUCK)
    for upload in stuck:
        sanitising.clean.enqueue(upload.public_id)


def _way(asked: str) -> UploadWay:
    if not storage.on_s3() or asked == UploadWay.SERVER:
        return UploadWay.SERVER
    return UploadWay.DIRECT


def _again(
    known: Upload, *, case: Case, size: int, way: UploadWay, is_asked: bool, part_bytes: int | None, at: datetime
) -> Upload:
    if known.case_id != case.pk or known.size != size:
        raise DomainError("upload.key_taken")
    if known.state == UploadState.ABANDONED:
        known.created_at = at
        return _opened(known, way, part_bytes)
    if known.state != UploadState.OPEN:
        return known
    if known.way == UploadWay.DIRECT:
        is_turned = is_asked and way == UploadWay.SERVER
        if is_turned or raw_uploads.is_lost(known):
            raw_uploads.end_multipart(known)
            return _opened(known, way, part_bytes)
    elif part_bytes and not known.parts.exists():
        known.part_bytes = rules.server_part_bytes(size, part_bytes)
        known.save(update_fields=["part_bytes"])
    return known


def _opened(upload: Upload, way: UploadWay, part_bytes: int | None) -> Upload:
    """The upload open and saved, with an id of S3's where parts go there. Raises IntegrityError for a taken key."""
    _check_room(upload)
    upload.state, upload.way = UploadState.OPEN, way
    upload.storage_key = upload.multipart_id = ""
    upload.part_bytes = rules.server_part_bytes(upload.size, part_bytes)
    if way == UploadWay.DIRECT:
        upload.part_bytes = rules.direct_part_bytes(upload.size)
        upload.storage_key = f"{raw_uploads.folder(upload)}/whole"
        with told_as_refusals():
            upload.multipart_id = s3_multipart.begin(upload.storage_key)
    try:
        with transaction.atomic():
            Case.objects.select_for_update().get(pk=upload.case_id)  # so that two begun at once are both counted
            _check_room(upload)
            upload.save()
    except (DomainError, IntegrityError):
        raw_uploads.end_multipart(upload)
        raise
    return upload


def _check_room(upload: Upload) -> None:
    files, used = queries.used(upload.case, but=upload if upload.pk else None)
    if files >= rules.MEDIA_PER_CASE:
        raise DomainError("upload.too_many", files=rules.MEDIA_PER_CASE)
    if used + upload.size > settings.CASE_MEDIA_MAX_BYTES:
        raise DomainError("upload.case_full", megabytes=settings.CASE_MEDIA_MAX_BYTES // rules.MIB)
    files, used = queries.used_by(upload.person, but=upload if upload.pk else None)
    if files >= settings.PERSON_FILES:
        raise DomainError("upload.person_files", files=settings.PERSON_FILES)
    if used + upload.size > settings.PERSON_MEDIA_MAX_BYTES:
        raise DomainError("upload.person_full", megabytes=settings.PERSON_MEDIA_MAX_BYTES // rules.MIB)


def _is_open(upload: Upload) -> bool:
    """Whether it takes parts; False once all were there. Raises `upload.over`."""
    if upload.state == UploadState.ABANDONED:
        raise DomainError("upload.over")
    return upload.state == UploadState.OPEN


def _check_way(upload: Upload, way: UploadWay) -> None:
    if upload.way != way:
        raise DomainError("upload.wrong_way")


def _is_kept(upload: Upload, number: int, digest: str) -> bool:
    kept = UploadPart.objects.filter(upload=upload, number=number).first()
    if kept is not None and kept.digest != digest:
        raise DomainError("upload.part_differs")
    return kept is not None


def _noted(part: UploadPart) -> bool:
    """Whether the part counts from now on: no other of its number does, and the upload is still open."""
    try:
        with transaction.atomic():
            upload = Upload.objects.select_for_update().get(pk=part.upload_id)
            is_taken = upload.state == UploadState.OPEN and upload.way == UploadWay.SERVER
            if is_taken:
                part.save(force_insert=True)
    except IntegrityError:
        return False
    return is_taken


def _join(upload: Upload) -> None:
    """Have S3 join the parts it says it has. Raises `upload.incomplete`, `upload.wrong_length`."""
    try:
        there = s3_multipart.parts(upload.storage_key, upload.multipart_id)
    except FileNotFoundError:
        there = {}
        if raw_uploads.is_joined(upload):  # a try before this one came that far
            return
    lengths = {number: rules.length(number, upload.size, upload.part_bytes) for number in there}
    if any(part.size > lengths[number] for number, part in there.items()):
        _give_up(upload)
        raise DomainError("upload.wrong_length")
    whole = [number for number, part in there.items() if part.size == lengths[number]]
    if lacking := rules.missing(whole, upload.size, upload.part_bytes):
        raise DomainError("upload.incomplete", missing=lacking)
    s3_multipart.finish(upload.storage_key, upload.multipart_id, there)


def _give_up(upload: Upload) -> None:
    if Upload.objects.filter(pk=upload.pk, state=UploadState.OPEN).update(state=UploadState.ABANDONED):
        try:
            raw_uploads.delete(upload)
        except storage.StorageAway:
            logger.warning("What arrived of the upload %s is deleted later", upload.public_id)
