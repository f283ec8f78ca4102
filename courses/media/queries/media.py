"""Media of a case, as their readers see them, and the addresses of their files.

An address names a medium, a file of it, a person and a last moment, signed. It opens nothing by itself: whoever comes
with it must be that person, and the policy is asked again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import Person
from courses.cases.models import Case, MediaAccess, MediaFile, MediaKind, MediaState, Rendition
from courses.cases.policies.cases import Relations, may_see_medium

WINDOW: Final = "window"  # what a rendered frame of a scan is called in addresses and in the log
_SALT: Final = "courses.media"


@dataclass(frozen=True, slots=True)
class File:
    """One file of a medium, with an address for one person. `bytes` exact, sizes in pixels."""

    name: str
    url: str
    media_type: str
    bytes: int
    width: int | None
    height: int | None

    def as_json(self) -> dict[str, Any]:
        names = ("name", "url", "media_type", "bytes", "width", "height")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Item:
    """A medium in a list. `files` is empty for who may not see it and for one that is not ready; then there is no
    `window_url` either, which scans have.
    """

    medium: MediaFile
    files: tuple[File, ...]
    window_url: str | None

    @property
    def thumb(self) -> File | None:
        return self._first("thumb.jpg")

    @property
    def small(self) -> File | None:
        """At most 640 pixels; of a document its first page."""
        return self._first("small.jpg", "page-01-small.jpg")

    @property
    def large(self) -> File | None:
        """At most 1600 pixels; of a document its first page, of a video a still."""
        return self._first("large.jpg", "page-01.jpg", "poster.jpg")

    @property
    def film(self) -> File | None:
        """The video of 240 lines."""
        return self._first("low.mp4")

    @property
    def bytes(self) -> int:
        """Of all files together."""
        return sum(file.bytes for file in self.files)

    def _first(self, *names: str) -> File | None:
        return next((file for name in names for file in self.files if file.name == name), None)


@dataclass(frozen=True, slots=True)
class Ticket:
    """What an address says."""

    medium: str
    name: str
    person: str
    expires_at: int  # seconds since 1970


def find(medium: str) -> MediaFile | None:
    """With its case, course, author and consent at hand. One query."""
    whole = MediaFile.objects.select_related("case__author", "case__course", "case__consent", "case__session")
    return whole.filter(public_id=medium).first()


def of(case: Case) -> list[MediaFile]:
    """The case's media in order, with their files, without removed ones. Two queries."""
    kept = MediaFile.objects.filter(case=case).exclude(state=MediaState.REMOVED).prefetch_related("renditions")
    media = list(kept)
    for medium in media:
        medium.case = case  # the one that was asked about, its consent at hand
    return media


def listed(media: Sequence[MediaFile], *, to: Person, relations: Relations, at: datetime) -> list[Item]:
    """What this person is shown of these media; a medium being cleaned or refused is shown to its author. No query."""
    shown = []
    for medium in media:
        if may_see_medium(to, medium, relations):
            shown.append(_open(medium, to, at))
        elif medium.state != MediaState.READY and medium.case.author_id == to.pk:
            shown.append(Item(medium=medium, files=(), window_url=None))
    return shown


def address(medium: MediaFile, name: str, *, to: Person, at: datetime) -> str:
    """Where this person gets this file of the medium, from `at` for ANFITEATRO_MEDIA_URL_SECONDS."""
    return reverse("courses:medium-serve", args=[_token(medium, name, to, at)])


def window_address(medium: MediaFile, *, to: Person, at: datetime) -> str:
    """Where this person gets frames of a scan as pictures; takes `frame`, `centre`, `width` and `size`."""
    return reverse("courses:medium-window", args=[_token(medium, WINDOW, to, at)])


def read(token: str) -> Ticket | None:
    """What a genuine token says, however old; None for any other."""
    try:
        return Ticket(*signing.loads(token, salt=_SALT))
    except (signing.BadSignature, TypeError):
        return None


def rendition(medium: MediaFile, name: str) -> Rendition | None:
    """One query."""
    return medium.renditions.filter(name=name).first()


def scan(medium: MediaFile) -> Rendition | None:
    """The clean DICOM file of a scan. One query."""
    return medium.renditions.filter(name__endswith=".dcm").first() if medium.kind == MediaKind.DICOM else None


def views(medium: MediaFile, limit: int = 500) -> list[MediaAccess]:
    """Who was sent what, the latest first. One query."""
    return list(MediaAccess.objects.filter(medium=medium).select_related("person")[:limit])


def has_seen(person: Person, medium: MediaFile, name: str, *, since: datetime) -> bool:
    """Whether a look of this person at this file was written down since then."""
    return MediaAccess.objects.filter(medium=medium, name=name, person=person, at__gte=since).exists()


def _open(medium: MediaFile, to: Person, at: datetime) -> Item:
    files = tuple(
        File(
            name=each.name,
            url=address(medium, each.name, to=to, at=at),
            media_type=each.media_type,
            bytes=each.size,
            width=each.width,
            height=each.height,
        )
        for each in sorted(medium.renditions.all(), key=lambda each: each.pk)
    )
    is_scan = medium.kind == MediaKind.DICOM
    return Item(medium=medium, files=files, window_url=window_address(medium, to=to, at=at) if is_scan else None)


def _token(medium: MediaFile, name: str, to: Person, at: datetime) -> str:
    expires_at = int((at + timedelta(seconds=settings.MEDIA_URL_SECONDS)).timestamp())
    return signing.dumps([medium.public_id, name, to.public_id, expires_at], salt=_SALT)
