"""Sending a file part by part. The wire is docs/uploads.md; a file's name and type are never asked for."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import for_people, found, visible
from accounts.models import Person
from courses.cases.policies.cases import may_see_case
from courses.cases.queries import cases
from courses.media.actions import uploads as actions
from courses.media.actions.raw_uploads import told_as_refusals
from courses.media.models import Upload
from courses.media.queries import uploads
from courses.media.rules.uploads import LARGEST_PART
from files import s3_multipart
from shared.clock import now
from shared.errors import DomainError
from web.json_bodies import loaded
from web.json_refusals import told_in_json


@require_POST
@for_people
@told_in_json
def begin(request: HttpRequest, person: Person, case: str) -> HttpResponse:
    """Takes `{"key": UUID, "size": bytes}` and, wished, `"way"` and `"part_bytes"`; answers the upload as `show` does.

    Sent again with the same key it is the same upload.
    """
    seen = visible(cases.find(case), may_see=may_see_case, to=person)
    told = _told(request)
    upload = actions.begin(
        by=person,
        case=seen,
        key=_key(told.get("key")),
        size=_whole(told.get("size")),
        way=_text(told.get("way", "")),
        part_bytes=None if told.get("part_bytes") is None else _whole(told["part_bytes"]),
        at=now(),
    )
    return _answer(upload)


@require_safe
@for_people
@told_in_json
def show(request: HttpRequest, person: Person, upload: str) -> HttpResponse:
    """`{"upload", "way", "size", "part_bytes", "parts", "have": [numbers from 1], "state", "medium"}`: enough to go on
    after anything.
    """
    return _answer(found(uploads.find(upload, of=person)))


@require_http_methods(["PUT"])
@for_people
@told_in_json
def keep_part(request: HttpRequest, person: Person, upload: str, number: int) -> HttpResponse:
    """Takes the bytes of just this part, and their SHA-256 in `X-Part-Digest` if the client made it; answers
    `{"number", "size"}`. Sent again it is kept once.
    """
    mine = found(uploads.find(upload, of=person))
    body = _body(request)
    digest = request.headers.get("X-Part-Digest", "")
    actions.keep_part(by=person, upload=mine, number=number, body=body, digest=digest)
    return JsonResponse({"number": number, "size": len(body)})


@require_POST
@for_people
@told_in_json
def addresses(request: HttpRequest, person: Person, upload: str) -> HttpResponse:
    """Takes `{"numbers": [up to 20]}`, answers `{"addresses": [{"number", "url", "size"}], "seconds"}`: where to `PUT`
    parts of a direct upload, and for how long.
    """
    mine = found(uploads.find(upload, of=person))
    numbers = _told(request).get("numbers")
    asked = [_whole(number) for number in numbers] if isinstance(numbers, list) else []
    given = actions.addresses(by=person, upload=mine, numbers=asked)
    told = [{"number": number, "url": url, "size": size} for number, url, size in given]
    return JsonResponse({"addresses": told, "seconds": s3_multipart.ADDRESS_SECONDS})


@require_POST
@for_people
@told_in_json
def complete(request: HttpRequest, person: Person, upload: str) -> HttpResponse:
    """All was sent. Answers the upload with its `medium`, or 409 with the numbers that are `missing`."""
    return _answer(actions.complete(by=person, upload=found(uploads.find(upload, of=person)), at=now()))


@require_POST
@for_people
@told_in_json
def abandon(request: HttpRequest, person: Person, upload: str) -> HttpResponse:
    """Not wanted any more. Answers the upload; one that is complete already goes on."""
    return _answer(actions.abandon(by=person, upload=found(uploads.find(upload, of=person))))


def _answer(upload: Upload) -> HttpResponse:
    with told_as_refusals():
        return JsonResponse(uploads.progress(upload).as_json())


def _body(request: HttpRequest) -> bytes:
    """The part. Refused before it is read when it is larger than any part, or of unknown length."""
    said = request.META.get("CONTENT_LENGTH") or ""
    if not said.isdecimal() or not 0 < int(said) <= LARGEST_PART:
        raise DomainError("upload.wrong_length")
    try:
        body = request.body
    except UnreadablePostError:
        raise DomainError("upload.wrong_length") from None
    if len(body) != int(said):
        raise DomainError("upload.wrong_length")
    return body


def _told(request: HttpRequest) -> dict[str, Any]:
    try:
        told = loaded(request)
    except ValueError:
        raise DomainError("upload.malformed") from None
    if not isinstance(told, dict):
        raise DomainError("upload.malformed")
    return told


def _key(told: object) -> UUID:
    try:
        return UUID(told if isinstance(told, str) else "")
    except ValueError:
        raise DomainError("upload.malformed", field="key") from None


def _whole(told: object) -> int:
    if type(told) is not int or not 0 < told < 2**50:
        raise DomainError("upload.malformed")
    return told


def _text(told: object) -> str:
    if told not in ("", "server", "direct"):
        raise DomainError("upload.malformed", field="way")
    return str(told)
