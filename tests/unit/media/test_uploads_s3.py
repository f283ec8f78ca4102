"""Files straight to S3, by a real server over HTTP: signed parts, what S3 says it has, and S3 away and back."""

import io
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.test import override_settings
from django_tasks_db.models import DBTaskResult
from pydicom.data import get_testdata_file

from courses.cases.models import Case, CaseStatus, MediaFile, MediaKind, MediaState, Rendition
from courses.media.actions import media as media_actions
from courses.media.actions import sanitising
from courses.media.actions import uploads as actions
from courses.media.models import Upload
from courses.media.queries import media, scans
from courses.media.queries.scans import View
from courses.media.rules.uploads import DIRECT_PART
from courses.media.sanitising import process
from files import s3_multipart, storage
from shared.clock import now
from tests import case_factories
from tests.media_files import MARKER, Sender, photo, signed_in, stored
from tests.s3 import BUCKET, S3, s3_server

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def s3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3]:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    tasks = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with override_settings(TASKS=tasks, MEDIA_ROOT=tmp_path / "unused"), s3_server() as server:
        yield server
    assert not (tmp_path / "unused").exists()


@pytest.fixture
def case() -> Case:
    return case_factories.case(status=CaseStatus.DRAFT, released_at=None)


def big(case: Case) -> Sender:
    """Two parts of 5 MiB and a photo's worth: a photo with much behind its end."""
    return Sender(signed_in(case.author), case, photo() + b"\0" * (2 * DIRECT_PART))


def put(sender: Sender, number: int, body: bytes | None = None) -> httpx.Response:
    """As a browser does: the bytes, to the address that was given, with nothing of ours."""
    given = sender.post("addresses", {"numbers": [number]}).json()
    [address] = given["addresses"]
    assert (given["seconds"], address["number"], address["size"]) == (600, number, len(sender.part(number)))
    return httpx.put(address["url"], content=sender.part(number) if body is None else body)


def told(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


def test_parts_go_straight_to_s3_and_are_cleaned_from_there(case: Case, s3: S3) -> None:
    sender = big(case)
    begun = sender.begin().json()
    assert (begun["way"], begun["part_bytes"], begun["parts"], begun["have"]) == ("direct", DIRECT_PART, 3, [])
    assert sender.begin().json() == begun
    assert s3.unfinished() == 1
    assert [put(sender, number).status_code for number in (3, 1)] == [200, 200]
    assert sender.show().json()["have"] == [1, 3]
    early = sender.post("complete")
    assert (told(early), early.json()["missing"]) == ((409, "upload.incomplete"), [2])
    put(sender, 2)
    done = [sender.post("complete").json() for _ in range(2)]
    assert done[0] == done[1]
    assert (s3.stored(), s3.unfinished()) == ([f"incoming/{sender.upload}/whole"], 0)
    sanitising.clean.call(sender.upload)
    medium = MediaFile.objects.get()
    assert (medium.state, medium.kind) == (MediaState.READY, "photo")
    assert "appended_bytes" in medium.removed
    assert set(s3.stored()) == set(Rendition.objects.values_list("storage_key", flat=True))
    assert [key for key in s3.stored() if MARKER in storage.read(key, 0, 10**7)] == []


def test_an_address_is_for_one_part_of_one_length_for_ten_minutes(case: Case, s3: S3) -> None:
    sender = big(case)
    sender.begin()
    [address] = sender.post("addresses", {"numbers": [3]}).json()["addresses"]
    asked = parse_qs(urlsplit(address["url"]).query)
    upload = Upload.objects.get()
    assert asked["X-Amz-Expires"] == ["600"]
    assert asked["partNumber"] == ["3"]
    assert asked["uploadId"] == [upload.multipart_id]
    assert set(asked["X-Amz-SignedHeaders"][0].split(";")) == {"content-length", "host"}
    assert urlsplit(address["url"]).path == f"/{BUCKET}/{upload.storage_key}"
    for numbers in ([], [0], [4], [1, 4], list(range(1, 22)), "x", [True], [1.5]):
        assert told(sender.post("addresses", {"numbers": numbers})) == (422, "upload.malformed"), numbers


def test_browsers_are_sent_to_where_they_reach_it(case: Case) -> None:
    sender = big(case)
    sender.begin()
    with override_settings(S3_PUBLIC_ENDPOINT="https://files.example.org"):
        [address] = sender.post("addresses", {"numbers": [1]}).json()["addresses"]
    assert address["url"].startswith(f"https://files.example.org/{BUCKET}/incoming/")


def test_a_part_of_the_wrong_length_is_missing(case: Case) -> None:
    sender = big(case)
    sender.begin()
    put(sender, 1, b"\0" * (DIRECT_PART - 1))
    put(sender, 2)
    put(sender, 3)
    assert sender.show().json()["have"] == [2, 3]
    assert sender.post("complete").json()["missing"] == [1]
    put(sender, 1)
    assert sender.post("complete").json()["state"] == "complete"


def test_more_than_was_said_ends_the_upload(case: Case, s3: S3) -> None:
    sender = Sender(signed_in(case.author), case, photo())
    sender.begin()
    put(sender, 1, sender.body + b"\0" * DIRECT_PART)
    assert told(sender.post("complete")) == (422, "upload.wrong_length")
    assert (s3.stored(), s3.unfinished(), MediaFile.objects.count()) == ([], 0, 0)
    assert sender.show().json()["state"] == "abandoned"


def test_a_thin_link_goes_through_the_server_after_all(case: Case, s3: S3) -> None:
    sender = big(case)
    sender.begin()
    put(sender, 1)
    turned = sender.begin(way="server").json()
    assert (turned["way"], turned["part_bytes"], turned["have"]) == ("server", 64 * 1024, [])
    assert s3.unfinished() == 0
    assert told(sender.post("addresses", {"numbers": [1]})) == (409, "upload.wrong_way")
    assert sender.put(1).status_code == 200
    assert len(s3.stored()) == 1
    assert sender.begin().json()["way"] == "server"
    sender.post("abandon")
    assert s3.stored() == []


def test_small_parts_through_any_server_meet_on_s3(case: Case, s3: S3) -> None:
    sender = Sender(signed_in(case.author), case, photo(400), way="server", part_bytes=16_384)
    assert sender.send().json()["state"] == "complete"
    sanitising.clean.call(sender.upload)
    assert MediaFile.objects.get().state == MediaState.READY
    assert set(s3.stored()) == set(Rendition.objects.values_list("storage_key", flat=True))


def test_a_direct_upload_takes_no_parts_through_the_server(case: Case) -> None:
    sender = Sender(signed_in(case.author), case, photo())
    sender.begin()
    assert told(sender.put(1)) == (409, "upload.wrong_way")


def test_what_s3_has_forgotten_is_begun_anew(case: Case, s3: S3) -> None:
    sender = Sender(signed_in(case.author), case, photo())
    sender.begin()
    upload = Upload.objects.get()
    s3_multipart.end(upload.storage_key, upload.multipart_id)  # as the bucket's own rule does after two days
    assert sender.show().json()["have"] == []
    assert told(sender.post("complete")) == (409, "upload.incomplete")
    assert sender.begin().json()["have"] == []
    assert put(sender, 1).status_code == 200
    assert sender.post("complete").json()["state"] == "complete"


def test_a_server_killed_after_joining_completes_the_second_time(case: Case, s3: S3) -> None:
    sender = Sender(signed_in(case.author), case, photo())
    sender.begin()
    put(sender, 1)
    upload = Upload.objects.get()
    s3_multipart.finish(
        upload.storage_key, upload.multipart_id, s3_multipart.parts(upload.storage_key, upload.multipart_id)
    )
    assert sender.begin().json()["state"] == "open"
    assert sender.post("complete").json()["state"] == "complete"


def test_uploads_left_alone_are_given_up_on_s3_too(case: Case, s3: S3) -> None:
    sender = big(case)
    sender.begin()
    put(sender, 1)
    actions.tidy(now() + timedelta(days=2, minutes=1))
    assert (s3.stored(), s3.unfinished()) == ([], 0)
    assert sender.show().json()["state"] == "abandoned"


def test_s3_away_and_back_costs_waiting_alone(case: Case, s3: S3) -> None:
    direct, small = big(case), Sender(signed_in(case.author), case, photo(), way="server")
    direct.begin()
    put(direct, 1)
    small.begin()
    s3.stop()
    fresh = Sender(signed_in(case.author), case, photo())
    away = [fresh.begin(), direct.show(), small.put(1), direct.post("complete")]
    assert [told(answer) for answer in away] == [(503, "upload.storage_away")] * 4
    assert all(answer.json()["retry"] and answer.json()["after_ms"] == 5_000 for answer in away)
    assert all(answer.headers["Retry-After"] == "5" for answer in away)
    s3.start()
    assert direct.show().json()["have"] == [1]
    for number in (2, 3):
        put(direct, number)
    for sender in (direct, small):
        if sender is small:
            small.put(1)
        assert sender.post("complete").json()["state"] == "complete"
    s3.stop()
    for sender in (direct, small):
        sanitising.clean.call(sender.upload)
    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.order_by("enqueued_at")][2:] == [
        [direct.upload, 2],
        [small.upload, 2],
    ]
    s3.start()
    for sender in (direct, small):
        sanitising.clean.call(sender.upload, 2)
    assert {medium.state for medium in MediaFile.objects.all()} == {MediaState.READY}
    assert set(s3.stored()) == set(Rendition.objects.values_list("storage_key", flat=True))


def test_pictures_on_s3_wait_for_it_and_are_read_by_range(case: Case, s3: S3, monkeypatch: pytest.MonkeyPatch) -> None:
    film = bytes(range(256)) * 8_192
    medium = stored(case_factories.medium(case=case), {"thumb.jpg": b"picture" * 9, "low.mp4": film})
    browser = signed_in(case.author)
    thumb, low = (media.address(medium, name, to=case.author, at=now()) for name in ("thumb.jpg", "low.mp4"))
    assert browser.get(thumb).content == b"picture" * 9
    asked: list[str] = []
    client = storage.client()
    client.meta.events.register("before-send.s3.GetObject", lambda request, **_: asked.append(request.headers["Range"]))
    part = browser.get(low, headers={"range": "bytes=1000-1999"})
    assert (part.status_code, part.content) == (206, film[1000:2000])
    assert asked == [b"bytes=1000-1999"]
    s3.stop()
    away = browser.get(thumb)
    assert (told(away), away.json()["retry"]) == ((503, "media.storage_away"), True)
    s3.start()
    assert browser.get(thumb).content == b"picture" * 9


def test_of_a_scan_on_s3_the_head_and_the_frame_are_read(case: Case, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    process.clean(Path(str(get_testdata_file("CT_small.dcm"))), out)
    body = (out / "image.dcm").read_bytes()
    medium = stored(case_factories.medium(case=case, kind=MediaKind.DICOM), {"image.dcm": body})
    kept = medium.renditions.get()
    picture = scans.picture(kept, View(size=128))
    assert picture.startswith(b"\xff\xd8\xff")
    with storage.opened(kept.storage_key, kept.size) as far, io.BytesIO(body) as near:
        for offset, whence, count in [(0, 0, 10), (-20, 2, 20), (100, 0, 1000), (5, 1, 7), (0, 2, 5)]:
            assert far.seek(offset, whence) == near.seek(offset, whence)
            assert far.read(count) == near.read(count)


def test_removing_deletes_on_s3_after_the_commit(case: Case, s3: S3) -> None:
    medium = stored(case_factories.medium(case=case), {"thumb.jpg": b"x", "large.jpg": b"y"})
    other = stored(case_factories.medium(case=case), {"thumb.jpg": b"z"})
    media_actions.remove(by=case.author, medium=medium, at=now())
    assert len(s3.stored()) == 3
    media_actions.forget.call(medium.public_id)
    assert s3.stored() == [other.renditions.get().storage_key]


def test_the_bucket_knows_who_sends_and_what_is_not_kept(s3: S3) -> None:
    [cors] = storage.client().get_bucket_cors(Bucket=BUCKET)["CORSRules"]
    assert (cors["AllowedOrigins"], cors["AllowedMethods"]) == (["http://testserver"], ["PUT"])
    [rule] = storage.client().get_bucket_lifecycle_configuration(Bucket=BUCKET)["Rules"]
    assert (rule["Filter"]["Prefix"], rule["Status"]) == ("incoming/", "Enabled")
    assert (rule["Expiration"]["Days"], rule["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"]) == (2, 2)
