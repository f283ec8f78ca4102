"""A picture's bytes: for the person an address was made for, for as long as the policy says, written down each time."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.core import signing
from django.db import connections
from django.test import AsyncClient, Client, override_settings
from django.utils import timezone

from courses.cases.models import MediaAccess, MediaFile, MediaKind
from courses.media.queries import media
from courses.media.views import renditions
from files import storage
from shared.clock import now
from tests import case_cast, case_factories
from tests.case_cast import Cast
from tests.media_files import JSON, stored

pytestmark = pytest.mark.django_db
PICTURE = bytes(range(256)) * 8
FILM = bytes(range(251)) * 12_000  # three million bytes


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Any) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path / "media"):
        yield


@pytest.fixture
def cast() -> Cast:
    return case_cast.cast()


@pytest.fixture
def medium(cast: Cast) -> MediaFile:
    return stored(case_factories.medium(case=cast.case), {"thumb.jpg": PICTURE, "low.mp4": FILM})


def address(medium: MediaFile, cast: Cast, actor: str = "mentor", name: str = "thumb.jpg", at: Any = None) -> str:
    return media.address(medium, name, to=cast.people[actor], at=at or now())


def told(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


def test_a_picture_is_served_whole_and_guarded(cast: Cast, medium: MediaFile) -> None:
    answer = cast.browser("mentor").get(address(medium, cast), headers={"accept-encoding": "gzip, br"})
    assert (answer.status_code, answer.content) == (200, PICTURE)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Length"] == str(len(PICTURE))
    assert "Content-Encoding" not in answer.headers
    assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    policy = answer.headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Content-Disposition"] == f'inline; filename="photo-{medium.public_id}.jpg"'


def test_every_look_is_written_down_before_it_is_given(cast: Cast, medium: MediaFile) -> None:
    cast.browser("mentor").get(address(medium, cast))
    cast.browser("author").get(address(medium, cast, "author", "low.mp4"), headers={"range": "bytes=0-99"})
    seen = [(view.person, view.name) for view in MediaAccess.objects.order_by("id")]
    assert seen == [(cast.people["mentor"], "thumb.jpg"), (cast.people["author"], "low.mp4")]


def test_an_address_is_for_one_person(cast: Cast, medium: MediaFile) -> None:
    for actor in ("author", "coordinator", "outsider"):
        assert cast.browser(actor).get(address(medium, cast, "mentor")).status_code == 404
    assert cast.browser("anon").get(address(medium, cast)).headers["Location"].startswith("/accounts/login/")
    assert told(cast.browser("anon", headers={"accept": JSON}).get(address(medium, cast))) == (401, "sign_in.needed")
    assert MediaAccess.objects.count() == 0


def test_an_old_address_has_expired(cast: Cast, medium: MediaFile) -> None:
    browser = cast.browser("mentor")
    before = now() - timedelta(seconds=601)
    assert told(browser.get(address(medium, cast, at=before))) == (410, "media.expired")
    assert browser.get(address(medium, cast, at=before + timedelta(seconds=30))).status_code == 200
    assert cast.browser("author").get(address(medium, cast, at=before)).status_code == 404
    with override_settings(MEDIA_URL_SECONDS=5):
        assert told(browser.get(address(medium, cast, at=now() - timedelta(seconds=7)))) == (410, "media.expired")


def test_a_forged_address_opens_nothing(cast: Cast, medium: MediaFile) -> None:
    browser = cast.browser("mentor")
    good = address(medium, cast)
    said = [medium.public_id, "thumb.jpg", cast.people["mentor"].public_id, int(timezone.now().timestamp()) + 600]
    forged = [
        good[:-2] + ("A/" if good[-2] != "A" else "B/"),
        "/media/at/x/",
        f"/media/at/{signing.dumps(said, salt='another')}/",
        f"/media/at/{signing.dumps(said, salt='courses.media', key='x' * 50)}/",
        f"/media/at/{signing.dumps(said[:3], salt='courses.media')}/",
    ]
    assert [browser.get(each).status_code for each in forged] == [404] * len(forged)
    assert browser.get(good).status_code == 200
    assert browser.get(address(medium, cast, name="image.dcm")).status_code == 404
    assert browser.get(address(medium, cast, name="../../../etc/passwd")).status_code == 404


def test_a_consent_withdrawn_between_page_and_picture_closes_it(cast: Cast, medium: MediaFile) -> None:
    good = address(medium, cast)
    consent = cast.case.consent
    assert consent
    consent.revoked_at, consent.revoked_by = now(), cast.people["coordinator"]
    consent.save()
    answer = cast.browser("mentor").get(good)
    assert told(answer) == (410, "media.consent_withdrawn")
    assert PICTURE[:64] not in answer.content
    own = cast.browser("author").get(address(medium, cast, "author"))
    assert told(own) == (410, "media.consent_withdrawn")
    assert cast.browser("outsider").get(address(medium, cast, "outsider")).status_code == 404
    assert MediaAccess.objects.count() == 0


def test_ranges_are_given_a_mebibyte_at_a_time(cast: Cast, medium: MediaFile) -> None:
    browser, film = cast.browser("mentor"), address(medium, cast, name="low.mp4")
    got = b""
    while len(got) < len(FILM):
        answer = browser.get(film, headers={"range": f"bytes={len(got)}-", "accept-encoding": "gzip"})
        assert answer.status_code == 206
        assert len(answer.content) <= renditions.AT_ONCE
        end = len(got) + len(answer.content)
        assert answer.headers["Content-Range"] == f"bytes {len(got)}-{end - 1}/{len(FILM)}"
        assert answer.headers["Content-Length"] == str(len(answer.content))
        got += answer.content
    assert got == FILM
    assert browser.get(film, headers={"range": "bytes=-5"}).content == FILM[-5:]
    assert browser.get(film, headers={"range": "bytes=10-13"}).content == FILM[10:14]
    outside = browser.get(film, headers={"range": "bytes=99999999-"})
    assert (outside.status_code, outside.headers["Content-Range"]) == (416, f"bytes */{len(FILM)}")
    assert MediaAccess.objects.filter(name="low.mp4").count() == 1, "the pieces of one playing are one look"


def test_who_begins_in_the_middle_is_written_down_too(cast: Cast, medium: MediaFile) -> None:
    cast.browser("mentor").get(address(medium, cast, name="low.mp4"), headers={"range": "bytes=1-"})
    assert MediaAccess.objects.get().name == "low.mp4"


def test_head_tells_the_size_and_shows_nothing(cast: Cast, medium: MediaFile) -> None:
    answer = cast.browser("mentor").head(address(medium, cast, name="low.mp4"))
    assert (answer.status_code, answer.content) == (200, b"")
    assert (answer.headers["Content-Length"], answer.headers["Accept-Ranges"]) == (str(len(FILM)), "bytes")
    assert MediaAccess.objects.count() == 0


@pytest.mark.django_db(transaction=True)
async def test_a_large_file_comes_piece_by_piece_until_it_is_closed(tmp_path: Any) -> None:
    def prepared() -> tuple[Cast, MediaFile, str]:
        cast = case_cast.cast()
        medium = stored(case_factories.medium(case=cast.case), {"low.mp4": FILM * 2})
        return cast, medium, address(medium, cast, name="low.mp4")

    def closed(cast: Cast) -> None:
        MediaFile.objects.filter(case=cast.case).update(state="removed")

    cast, _medium, film = await sync_to_async(prepared)()
    client = AsyncClient()
    await client.aforce_login(cast.people["mentor"], backend="accounts.backends.PeopleBackend")
    answer: Any = await client.get(film, headers={"accept-encoding": "gzip"})
    assert (answer.status_code, answer.streaming, "Content-Encoding" in answer.headers) == (200, True, False)
    assert b"".join([piece async for piece in answer]) == FILM * 2
    answer = await client.get(film)
    pieces = answer.__aiter__()
    first = await anext(pieces)
    assert first == (FILM * 2)[: len(first)]
    await sync_to_async(closed)(cast)
    with pytest.raises(ConnectionAbortedError):
        await anext(pieces)
    await sync_to_async(connections.close_all)()


def test_a_storage_that_is_away_is_worth_another_try(
    cast: Cast, medium: MediaFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any) -> bytes:
        raise storage.StorageAway

    monkeypatch.setattr(storage, "read", away)
    answer = cast.browser("mentor").get(address(medium, cast))
    assert (told(answer), answer.json()["retry"]) == ((503, "media.storage_away"), True)
    assert answer.headers["Retry-After"] == "5"
    assert MediaAccess.objects.count() == 0


def test_a_file_lost_from_the_storage_is_not_there(cast: Cast, medium: MediaFile) -> None:
    storage.delete(medium.renditions.get(name="thumb.jpg").storage_key)
    assert cast.browser("mentor").get(address(medium, cast)).status_code == 404


def test_the_list_tells_sizes_and_addresses_that_open(cast: Cast, medium: MediaFile) -> None:
    stored(medium, {"small.jpg": PICTURE * 2, "large.jpg": PICTURE * 3})
    browser: Client = cast.browser("mentor")
    listed = browser.get(f"/cases/{cast.case.public_id}/media/").json()
    [item] = listed["media"]
    assert listed["closed"] is None
    assert (item["medium"], item["kind"], item["state"], item["checked"]) == (medium.public_id, "photo", "ready", True)
    assert [item[name]["bytes"] for name in ("thumb", "small", "large", "film")] == [2048, 4096, 6144, len(FILM)]
    assert item["bytes"] == sum(file["bytes"] for file in item["files"])
    assert item["window_url"] is None
    for file in item["files"]:
        assert len(browser.head(file["url"]).headers["Content-Length"]) > 0
    assert browser.get(item["small"]["url"]).content == PICTURE * 2


def test_the_list_says_when_it_is_closed(cast: Cast, medium: MediaFile) -> None:
    consent = cast.case.consent
    assert consent
    consent.revoked_at, consent.revoked_by = now(), cast.people["coordinator"]
    consent.save()
    listed = cast.browser("mentor").get(f"/cases/{cast.case.public_id}/media/").json()
    assert (listed["media"], listed["closed"]["code"]) == ([], "media.consent_withdrawn")
    assert "closed to everybody" in listed["closed"]["message"]


def test_authors_follow_what_is_cleaned_and_refused(cast: Cast) -> None:
    case_factories.medium(case=cast.case, state="processing", kind="")
    case_factories.medium(case=cast.case, state="refused", refusal="media.heic", kind="")
    case_factories.medium(case=cast.case, state="removed")
    listed = cast.browser("author").get(f"/cases/{cast.case.public_id}/media/").json()["media"]
    assert [item["state"] for item in listed] == ["processing", "refused"]
    assert listed[1]["refusal"]["code"] == "media.heic"
    assert "HEIC" in listed[1]["refusal"]["message"]
    assert cast.browser("mentor").get(f"/cases/{cast.case.public_id}/media/").json()["media"] == []


def test_scans_offer_windows(cast: Cast) -> None:
    scan = case_factories.medium(case=cast.case, kind=MediaKind.DICOM, removed=["(0010,0010) PatientName", "gps"])
    [item] = cast.browser("mentor").get(f"/cases/{cast.case.public_id}/media/").json()["media"]
    assert item["window_url"].startswith("/media/at/")
    assert item["window_url"].endswith("/window/")
    assert item["removed"] == ["Patient Name", "the place where it was taken (GPS)"]
    assert cast.browser("mentor").get(item["window_url"]).status_code == 404, "its file is not there"
    assert scan.kind == "dicom"
