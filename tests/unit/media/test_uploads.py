"""Files come in part by part, once, whole, from their author alone, and never more than was said."""

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from courses.cases.models import Case, CaseStatus, MediaFile, MediaState
from courses.media.models import Upload, UploadPart, UploadState
from courses.media.rules import uploads as rules
from files import storage
from tests import case_factories, factories
from tests.media_files import JSON, Sender, photo, signed_in

pytestmark = pytest.mark.django_db
MIB = 1024 * 1024


@pytest.fixture(autouse=True)
def _queued(tmp_path: Any) -> Iterator[None]:
    """Nobody works the queue, and the files are this test's own."""
    tasks = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with override_settings(TASKS=tasks, MEDIA_ROOT=tmp_path / "media"):
        yield


@pytest.fixture
def case() -> Case:
    return case_factories.case(status=CaseStatus.DRAFT, released_at=None)


@pytest.fixture
def sender(case: Case) -> Sender:
    """Three parts of 16 KiB and a rest."""
    return Sender(signed_in(case.author), case, bytes(range(256)) * 200, part_bytes=16 * 1024)


def told(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


# -- The way through the server


def test_a_file_arrives_whole_and_its_cleaning_is_queued(sender: Sender, case: Case) -> None:
    begun = sender.begin()
    assert begun.json() == {
        "upload": sender.upload,
        "way": "server",
        "size": 51_200,
        "part_bytes": 16_384,
        "parts": 4,
        "have": [],
        "state": "open",
        "medium": None,
    }
    assert begun.headers["Cache-Control"].find("no-store") >= 0
    for number in (3, 1, 4, 2):
        assert sender.put(number).json() == {"number": number, "size": len(sender.part(number))}
    done = sender.post("complete").json()
    medium = MediaFile.objects.get()
    assert (done["state"], done["medium"], done["have"]) == ("complete", medium.public_id, [])
    assert (medium.case, medium.uploaded_by, medium.state) == (case, case.author, MediaState.PROCESSING)
    [task] = DBTaskResult.objects.all()
    assert (task.task_path, task.args_kwargs["args"]) == ("courses.media.actions.sanitising.clean", [sender.upload])
    kept = b"".join(storage.read(part.storage_key, 0, MIB) for part in UploadPart.objects.order_by("number"))
    assert kept == sender.body


def test_every_request_may_be_sent_twice(sender: Sender) -> None:
    first, again = sender.begin().json(), sender.begin().json()
    assert first == again
    assert [sender.put(1).status_code for _ in range(2)] == [200, 200]
    assert len(storage.below(f"incoming/{sender.upload}")) == 1
    for number in (2, 3, 4):
        sender.put(number)
    answers = [sender.post("complete").json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert sender.put(2).status_code == 200  # late, and of no use any more
    assert sender.begin().json() == answers[0]
    assert (Upload.objects.count(), MediaFile.objects.count(), DBTaskResult.objects.count()) == (1, 1, 1)


def test_a_killed_upload_goes_on_where_it_was(sender: Sender, case: Case) -> None:
    sender.begin()
    sender.put(1)
    sender.put(3)
    other = Sender(signed_in(case.author), case, sender.body, sender.key, part_bytes=16 * 1024)
    assert other.begin().json()["have"] == [1, 3]
    early = other.post("complete")
    assert told(early) == (409, "upload.incomplete")
    assert early.json()["missing"] == [2, 4]
    other.put(2)
    other.put(4)
    assert other.post("complete").json()["state"] == "complete"


def test_the_part_size_may_be_chosen_until_a_part_is_kept(sender: Sender) -> None:
    assert sender.begin().json()["part_bytes"] == 16 * 1024
    assert sender.begin(part_bytes=40_000).json()["part_bytes"] == 48 * 1024
    sender.put(1)
    assert sender.begin(part_bytes=16 * 1024).json()["part_bytes"] == 48 * 1024


def test_a_part_that_is_not_what_it_should_be_is_not_kept(sender: Sender) -> None:
    sender.begin()
    assert told(sender.put(1, sender.part(1)[:-1])) == (422, "upload.wrong_length")
    assert told(sender.put(4, sender.part(1))) == (422, "upload.wrong_length")
    assert told(sender.put(1, digest=sha256(b"x").hexdigest())) == (422, "upload.wrong_digest")
    assert told(sender.put(5, b"x")) == (422, "upload.malformed")
    assert told(sender.put(0, b"x")) == (422, "upload.malformed")
    assert told(sender.put(1, b"")) == (422, "upload.wrong_length")
    assert sender.put(1, digest=sha256(sender.part(1)).hexdigest().upper()).status_code == 200
    assert told(sender.put(1, b"\0" * 16_384)) == (409, "upload.part_differs")
    assert sender.show().json()["have"] == [1]
    assert len(storage.below("incoming")) == 1


def test_two_gigabytes_of_zeros_are_refused_before_they_come(sender: Sender, case: Case) -> None:
    assert told(sender.begin(size=2 * 1024 * MIB)) == (422, "upload.too_large")
    assert "500 MB" in sender.begin(size=2 * 1024 * MIB).json()["message"]
    sender.begin()
    # The length is looked at before the body: nothing of it is read.
    address = f"/uploads/{sender.upload}/parts/1/"
    big = sender.client.generic("PUT", address, b"\0" * (MIB + 1), "application/octet-stream")
    assert told(big) == (422, "upload.wrong_length")
    unknown = sender.client.generic("PUT", address, b"", "application/octet-stream", CONTENT_LENGTH="")
    assert told(unknown) == (422, "upload.wrong_length")
    assert storage.below("incoming") == []


def test_a_body_cut_short_is_not_kept(sender: Sender) -> None:
    sender.begin()
    address = f"/uploads/{sender.upload}/parts/1/"
    half: dict[str, Any] = {"wsgi.input": BytesIO(sender.part(1)[:8_192]), "CONTENT_LENGTH": "16384"}
    short = sender.client.generic("PUT", address, b"x", "application/octet-stream", **half)
    assert told(short) == (422, "upload.wrong_length")
    assert storage.below("incoming") == []


@pytest.mark.parametrize(
    "body",
    [
        "no json",
        "[]",
        "{}",
        '{"key": "x", "size": 5}',
        '{"key": 5, "size": 5}',
        '{"key": "0d6e9d6a-4f6f-4c52-8c9f-0b9a3b3a7a11", "size": 0}',
        '{"key": "0d6e9d6a-4f6f-4c52-8c9f-0b9a3b3a7a11", "size": true}',
        '{"key": "0d6e9d6a-4f6f-4c52-8c9f-0b9a3b3a7a11", "size": "5"}',
        '{"key": "0d6e9d6a-4f6f-4c52-8c9f-0b9a3b3a7a11", "size": 5, "way": "post"}',
        '{"key": "0d6e9d6a-4f6f-4c52-8c9f-0b9a3b3a7a11", "size": 5, "part_bytes": -1}',
    ],
)
def test_what_cannot_be_read_is_refused(case: Case, body: str) -> None:
    answer = signed_in(case.author).post(f"/cases/{case.public_id}/uploads/", body, JSON)
    assert told(answer) == (422, "upload.malformed")
    assert not Upload.objects.exists()


def test_a_case_holds_so_many_files_and_bytes(case: Case) -> None:
    client = signed_in(case.author)
    for _ in range(rules.MEDIA_PER_CASE - 1):
        case_sized(case)
    last = Sender(client, case, photo())
    assert last.begin().status_code == 200
    assert told(Sender(client, case, photo()).begin()) == (422, "upload.too_many")
    assert last.begin().status_code == 200, "the one that is counted already"
    last.post("abandon")
    with override_settings(CASE_MEDIA_MAX_BYTES=rules.MEDIA_PER_CASE * 10):
        assert told(Sender(client, case, b"x" * 12).begin()) == (422, "upload.case_full")
        assert Sender(client, case, b"x" * 10).begin().status_code == 200


def test_a_person_keeps_so_many_files_and_bytes_in_all_cases(case: Case) -> None:
    client = signed_in(case.author)
    other = case_factories.case(author=case.author, course=case.course)
    case_sized(other)
    with override_settings(PERSON_FILES=2):
        last = Sender(client, case, photo())
        assert last.begin().status_code == 200
        assert told(Sender(client, case, photo()).begin()) == (422, "upload.person_files")
        assert last.begin().status_code == 200, "the one that is counted already"
        last.post("abandon")
    with override_settings(PERSON_MEDIA_MAX_BYTES=20):
        assert told(Sender(client, case, b"x" * 11).begin()) == (422, "upload.person_full")
        assert Sender(client, case, b"x" * 10).begin().status_code == 200
    assert Sender(signed_in(case_factories.case().author), case, photo()).begin().status_code == 404, (
        "not an outsider's"
    )


def test_refused_and_removed_files_make_room(case: Case) -> None:
    for state in (MediaState.REFUSED, MediaState.REMOVED):
        for _ in range(rules.MEDIA_PER_CASE):
            case_sized(case, medium=case_factories.medium(case=case, state=state), state=UploadState.DONE)
    assert Sender(signed_in(case.author), case, photo()).begin().status_code == 200


def case_sized(case: Case, **fields: Any) -> Upload:
    return Upload.objects.create(case=case, person=case.author, key=uuid4(), size=10, part_bytes=10, **fields)


# -- Who


def test_only_the_author_sends_and_only_while_the_case_is_open(sender: Sender, case: Case) -> None:
    sender.begin()
    other = factories.coordinator()
    stranger = Sender(signed_in(other), case, sender.body)
    assert stranger.begin().status_code == 404  # a draft is nobody's but its author's
    stranger.upload, stranger.part_bytes = sender.upload, sender.part_bytes
    answers = [stranger.show(), stranger.put(1), stranger.post("complete"), stranger.post("abandon")]
    assert [answer.status_code for answer in answers] == [404] * 4
    case.status = CaseStatus.SUBMITTED
    case.save()
    assert told(stranger.begin()) == (403, "upload.forbidden")
    assert told(sender.begin()) == (403, "upload.forbidden")
    assert told(sender.put(1)) == (403, "upload.forbidden")
    assert told(sender.post("complete")) == (403, "upload.forbidden")
    assert storage.below("incoming") == []


def test_the_signed_out_are_told_so(sender: Sender) -> None:
    sender.begin()
    sender.client.logout()
    assert told(sender.show()) == (401, "sign_in.needed")
    assert told(sender.put(1)) == (401, "sign_in.needed")


def test_one_key_is_one_file(sender: Sender, case: Case) -> None:
    sender.begin()
    assert told(sender.begin(size=5)) == (409, "upload.key_taken")
    elsewhere = case_factories.case(author=case.author, course=case.course, status=CaseStatus.DRAFT)
    assert told(Sender(sender.client, elsewhere, sender.body, sender.key).begin()) == (409, "upload.key_taken")
    colleague = case_factories.case(status=CaseStatus.DRAFT)
    assert Sender(signed_in(colleague.author), colleague, b"x", sender.key).begin().status_code == 200


# -- Giving up


def test_an_abandoned_upload_is_gone_and_may_be_begun_anew(sender: Sender) -> None:
    sender.begin()
    sender.put(1)
    assert sender.post("abandon").json()["state"] == "abandoned"
    assert sender.post("abandon").json()["state"] == "abandoned"
    assert storage.below("incoming") == []
    assert told(sender.put(2)) == (409, "upload.over")
    assert told(sender.post("complete")) == (409, "upload.over")
    assert (sender.begin().json()["state"], sender.show().json()["have"]) == ("open", [])
    assert sender.send().json()["state"] == "complete"
    assert sender.post("abandon").json()["state"] == "complete", "too late"
