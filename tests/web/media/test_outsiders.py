"""Who is answered what at the addresses of uploads and media of a case that was sent back to its author."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.cases.models import CaseStatus, MediaFile
from courses.media.models import Upload
from courses.media.queries import media
from shared.clock import now
from tests import case_cast, case_factories
from tests.answers import REFUSED, changes, rows, status, visit
from tests.case_cast import ACTORS, Cast
from tests.media_files import JSON, scan, stored

pytestmark = pytest.mark.django_db

READ, WRITE = rows("media-read", ACTORS), rows("media-write", ACTORS)
LOOKS = {"courses:medium-serve", "courses:medium-window"}
KEY = UUID("0d6e9d6a-4f6f-4c52-8c9f-0b9a3b3a7a11")
BODIES: dict[str, Any] = {
    "courses:upload-begin": {"key": str(UUID(int=7)), "size": 10},
    "courses:upload-addresses": {"numbers": [1]},
    "courses:upload-complete": {},
    "courses:upload-abandon": {},
}


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Cast]:
    """With a scan and an upload that waits for its one part; every test takes back what it did."""
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), files, transaction.atomic():
        made = case_cast.cast(status=CaseStatus.SENT_BACK)
        stored(case_factories.medium(case=made.case, kind="dicom"), {"image.dcm": scan(), "thumb.jpg": b"thumb"})
        author = made.people["author"]
        Upload.objects.create(case=made.case, person=author, key=KEY, size=10, part_bytes=10)
        yield made
        transaction.set_rollback(True)


def address(cast: Cast, name: str, actor: str) -> str:
    medium, to = MediaFile.objects.get(case=cast.case), cast.people.get(actor, cast.people["author"])
    if name == "courses:medium-serve":
        return media.address(medium, "thumb.jpg", to=to, at=now())
    if name == "courses:medium-window":
        return media.window_address(medium, to=to, at=now())
    upload = Upload.objects.get(key=KEY).public_id
    known = {"case": cast.case.public_id, "upload": upload, "medium": medium.public_id, "number": 1}
    asked = {
        "courses:upload-begin": ["case"],
        "courses:medium-list": ["case"],
        "courses:upload-part": ["upload", "number"],
    }.get(name, ["upload"] if ":upload-" in name else ["medium"])
    return reverse(name, kwargs={each: known[each] for each in asked})


def send(client: Client, cast: Cast, name: str, actor: str) -> tuple[HttpResponse, list[str]]:
    where = address(cast, name, actor)
    if name == "courses:upload-part":
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            answer: Any = client.put(where, b"0123456789", "application/octet-stream")
            transaction.set_rollback(True)
        return answer, changes(queries)
    if name in BODIES:
        return visit(client, "POST", where, json.dumps(BODIES[name]), content_type=JSON)
    return visit(client, "POST", where, {"caption": "The wound", "checked": "1"})


@pytest.mark.parametrize("name", READ)
def test_reading(cast: Cast, name: str) -> None:
    answers = {actor: visit(cast.browser(actor), "GET", address(cast, name, actor)) for actor in ACTORS}
    assert {actor: status(answer) for actor, (answer, _) in answers.items()} == READ[name]
    for answer, wrote in answers.values():
        is_look = name in LOOKS and status(answer) == "200"
        assert [sql.split()[2] for sql in wrote] == (['"cases_mediaaccess"'] if is_look else [])
        if status(answer) not in ("login", "404"):
            assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", sorted(LOOKS))
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_sites_page_shows_no_picture_and_writes_no_look(cast: Cast, name: str, site: str) -> None:
    browser = cast.browser("author", headers={"Sec-Fetch-Site": site})
    answer, wrote = visit(browser, "GET", address(cast, name, "author"))
    assert (answer.status_code, wrote) == (403, [])


@pytest.mark.parametrize("name", WRITE)
def test_writing(cast: Cast, name: str) -> None:
    answers = {actor: send(cast.browser(actor), cast, name, actor) for actor in ACTORS}
    assert {actor: status(answer) for actor, (answer, _) in answers.items()} == WRITE[name]
    assert [wrote for answer, wrote in answers.values() if wrote and status(answer) in REFUSED] == []
    if WRITE[name]["author"] in ("200", "302"):
        assert answers["author"][1] != []


@pytest.mark.parametrize("name", WRITE)
def test_writing_wants_the_token_of_our_page(cast: Cast, name: str) -> None:
    answer, wrote = send(cast.browser("author", enforce_csrf_checks=True), cast, name, "author")
    assert (status(answer), wrote) == ("403", [])


@pytest.mark.parametrize("name", sorted({*READ, *WRITE} - LOOKS))
def test_what_is_not_there_is_not_there(cast: Cast, name: str) -> None:
    where = address(cast, name, "author")
    for known in (Upload.objects.get(key=KEY).public_id, cast.case.public_id, MediaFile.objects.get().public_id):
        where = where.replace(known, "nothinghere0")
    client = cast.browser("author")
    answer: Any = client.get(where) if name in READ else client.post(where, "{}", JSON)
    if name == "courses:upload-part":
        answer = client.put(where, b"x")
    assert answer.status_code == 404
