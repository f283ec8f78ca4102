"""The bytes of case media: signed address, that very person, the policy once more, the log, and only then the file.

Everything goes through here, files on S3 too: an address signed by S3 would outlive a withdrawn consent
(docs/decisions/0011-media-through-the-server.md).
"""

from datetime import timedelta
from typing import Final, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from accounts.access import for_people, found
from accounts.models import Person
from courses.cases.models import MediaFile
from courses.cases.policies.cases import may_see_case, may_see_medium
from courses.media.actions.media import note_view
from courses.media.queries import media, scans
from courses.media.sections import closed_since
from courses.media.views.streams import pieces
from files import storage
from shared.clock import now
from shared.errors import DomainError
from web.byte_ranges import Unsatisfiable, wanted
from web.json_refusals import told_in_json
from web.own_pages import from_our_pages

AT_ONCE: Final = 1024 * 1024  # bytes of a range given in one answer
WHOLE: Final = 4 * AT_ONCE  # larger files are sent piece by piece
AWAY_MS: Final = 5_000
# The style is that of a browser's own page around a picture. Its page around a film fetches the film once more, which
# an origin of no name, as a sandbox gives, may not.
_CLOSED: Final = "default-src 'none'; style-src 'unsafe-inline'"


@require_safe
@from_our_pages
@for_people
@told_in_json
def serve(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """The file an address names. Takes one `Range` and gives at most a mebibyte of it; HEAD gives the size alone.

    410 `media.expired` for an old address, `media.consent_withdrawn` once the pictures are closed; 404 for whatever
    else is not for this person.
    """
    medium, name = _let_in(person, token)
    kept = found(media.rendition(medium, name))
    try:
        span = wanted(request.headers.get("Range", ""), kept.size, AT_ONCE)
    except Unsatisfiable:
        outside = HttpResponse(status=416, headers={"Content-Range": f"bytes */{kept.size}"})
        return _guarded(outside, kept.media_type)
    start, end = span or (0, kept.size)
    if request.method == "HEAD":
        told = {"Content-Length": str(kept.size), "Accept-Ranges": "bytes"}
        return _guarded(HttpResponse(headers=told), kept.media_type)
    if span is None and kept.size > WHOLE:
        _note(person, medium, name, start)
        size = {"Content-Length": str(kept.size)}
        # To Django a response like any other; the decorators' types know the usual kind alone.
        answer = cast(HttpResponse, StreamingHttpResponse(pieces(kept, person=person), headers=size))
    else:
        body = _read(kept.storage_key, start, end)
        _note(person, medium, name, start)
        answer = HttpResponse(body, status=200 if span is None else 206)
        if span is not None:
            answer["Content-Range"] = f"bytes {start}-{end - 1}/{kept.size}"
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Disposition"] = f'inline; filename="{medium.kind}-{medium.public_id}.{name.rpartition(".")[2]}"'
    return _guarded(answer, kept.media_type)


@require_safe
@from_our_pages
@for_people
@told_in_json
def show_window(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """A frame of a scan as JPEG: `frame` from 1, `centre` and `width` in the scan's own units, `size` the longer side
    in pixels, 16 to 2048. What is missing or cannot be is the first frame, the scan's own window, 1024.
    """
    medium, name = _let_in(person, token)
    kept = found(media.scan(medium) if name == media.WINDOW else None)
    view = scans.asked(medium, request.GET)
    try:
        body = scans.picture(kept, view)
    except (FileNotFoundError, ValueError):
        raise Http404 from None
    except (storage.StorageAway, storage.DiskFull):
        raise _away() from None
    if request.method == "GET":
        _note(person, medium, media.WINDOW, 0)
    answer = HttpResponse(body)
    answer["Content-Disposition"] = f'inline; filename="{medium.kind}-{medium.public_id}.jpg"'
    return _guarded(answer, "image/jpeg")


def _let_in(person: Person, token: str) -> tuple[MediaFile, str]:
    """The medium and the file's name. A forged address, somebody else's, and one for what this person may not see are
    all the same: there is nothing here.
    """
    ticket = media.read(token)
    if ticket is None or ticket.person != person.public_id:
        raise Http404
    medium = found(media.find(ticket.medium))
    if not may_see_medium(person, medium):
        if closed_since(medium.case) and may_see_case(person, medium.case):
            raise DomainError("media.consent_withdrawn")
        raise Http404
    if ticket.expires_at < now().timestamp():
        raise DomainError("media.expired")
    return medium, ticket.name


def _note(person: Person, medium: MediaFile, name: str, start: int) -> None:
    """A look is written down before its first byte goes out; the pieces of one playing are one look."""
    at = now()
    since = at - timedelta(seconds=settings.MEDIA_URL_SECONDS)
    is_going_on = start > 0 or name == media.WINDOW
    if not (is_going_on and media.has_seen(person, medium, name, since=since)):
        note_view(person=person, medium=medium, name=name, at=at)


def _read(key: str, start: int, end: int) -> bytes:
    try:
        body = storage.read(key, start, end)
    except FileNotFoundError:
        raise Http404 from None
    except (storage.StorageAway, storage.DiskFull):
        raise _away() from None
    if len(body) != end - start:
        raise Http404
    return body


def _away() -> DomainError:
    return DomainError("media.storage_away", retry=True, after_ms=AWAY_MS)


def _guarded(answer: HttpResponse, media_type: str) -> HttpResponse:
    """Kept by no cache, taken for nothing else than it is, run by nobody, shown on no other site."""
    answer["Content-Type"] = media_type
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    more = "media-src 'self'" if media_type.startswith("video/") else "sandbox"
    answer["Content-Security-Policy"] = f"{_CLOSED}; {more}"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
