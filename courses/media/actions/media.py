"""Changing media: their caption, the author's look for names, their order, and taking one away."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django_tasks import task

from accounts.models import Person
from courses.cases.models import Case, MediaAccess, MediaFile, MediaState
from courses.cases.policies.cases import may_edit_case
from files import storage
from jobs import retries
from shared.errors import DomainError

CAPTION: Final = 200  # characters
_SHOWN: Final = (MediaState.PROCESSING, MediaState.READY, MediaState.REFUSED)


@transaction.atomic
def caption(*, by: Person, medium: MediaFile, text: str) -> MediaFile:
    """What the picture shows, in a line. Raises `media.forbidden`, `media.caption.long`."""
    kept = _locked(by, medium)
    kept.caption = " ".join(text.split())
    if len(kept.caption) > CAPTION:
        raise DomainError("media.caption.long", field="caption")
    kept.save(update_fields=["caption"])
    return kept


@transaction.atomic
def check(*, by: Person, medium: MediaFile, is_checked: bool, at: datetime) -> MediaFile:
    """The author has looked for names and faces in the picture, or takes that back. The first look's time is kept.

    Raises `media.forbidden`, and `media.not_ready` for one that cannot be looked at.
    """
    kept = _locked(by, medium)
    if kept.state != MediaState.READY:
        raise DomainError("media.not_ready")
    kept.checked_at = (kept.checked_at or at) if is_checked else None
    kept.save(update_fields=["checked_at"])
    return kept


@transaction.atomic
def remove(*, by: Person, medium: MediaFile, at: datetime) -> MediaFile:
    """Take a medium away for good: its files are deleted, its row and who looked at it stay. Idempotent.

    Raises `media.forbidden`.
    """
    kept = _locked(by, medium)
    if kept.state != MediaState.REMOVED:
        kept.state, kept.removed_at = MediaState.REMOVED, at
        kept.save(update_fields=["state", "removed_at"])
        forget.enqueue(kept.public_id)
    return kept


@transaction.atomic
def move(*, by: Person, medium: MediaFile, position: int) -> list[MediaFile]:
    """Put a medium at a place among those of its case, from 0; the case's media in their new order.

    Raises `media.forbidden`.
    """
    kept = _locked(by, medium)
    others = list(MediaFile.objects.filter(case=kept.case, state__in=_SHOWN).exclude(pk=kept.pk))
    ordered = [*others[: max(0, position)], kept, *others[max(0, position) :]]
    for place, each in enumerate(ordered):
        each.position = place
    MediaFile.objects.bulk_update(ordered, ["position"])
    return ordered


def note_view(*, person: Person, medium: MediaFile, name: str, at: datetime) -> None:
    """Write down that this person is being sent this rendition, before they are. Two calls are two looks."""
    MediaAccess.objects.create(medium=medium, name=name, person=person, at=at)


@task()
def forget(medium: str, attempt: int = 1) -> None:
    """Delete the files of a removed medium; later again while the storage is away. Safe to do twice."""
    found = MediaFile.objects.filter(public_id=medium, state=MediaState.REMOVED).first()
    if found is None:
        return
    try:
        storage.delete_below(f"cases/{found.folder}")
    except storage.StorageAway:
        if attempt > len(retries.DELAYS):
            raise
        retries.again(forget, medium, attempt)
    else:
        found.renditions.all().delete()


def _locked(by: Person, medium: MediaFile) -> MediaFile:
    """The medium as it stands, its case's row held until commit."""
    case = Case.objects.select_for_update().get(pk=medium.case_id)
    if not may_edit_case(by, case):
        raise DomainError("media.forbidden")
    kept = MediaFile.objects.select_for_update().get(pk=medium.pk)
    kept.case = case
    return kept
