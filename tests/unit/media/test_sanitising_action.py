"""From an upload to a medium: one, clean, with nothing raw left anywhere, whatever dies on the way."""

import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django_tasks_db.models import DBTaskResult
from PIL import Image

from courses.cases.models import Case, CaseStatus, MediaFile, MediaState, Rendition
from courses.media.actions import media as actions
from courses.media.actions import sanitising
from courses.media.models import Upload, UploadPart, UploadState
from files import scratch, storage
from jobs import retries
from jobs.worker import LEASE
from shared.clock import now
from tests import case_factories
from tests.media_files import MARKER, Sender, photo, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Nobody works the queue; stored files and temporary ones are this test's own."""
    tasks = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    with override_settings(TASKS=tasks, MEDIA_ROOT=tmp_path / "media"):
        yield tmp_path


@pytest.fixture
def case() -> Case:
    return case_factories.case(status=CaseStatus.DRAFT, released_at=None)


def sent(case: Case, body: bytes) -> str:
    """The public id of an upload that waits for its cleaning."""
    sender = Sender(signed_in(case.author), case, body)
    assert sender.send().json()["state"] == "complete"
    return sender.upload


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below the stored and the temporary ones."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def waiting() -> list[list[Any]]:
    return [task.args_kwargs["args"] for task in DBTaskResult.objects.order_by("enqueued_at")]


def test_a_photo_becomes_a_medium_and_nothing_raw_is_left(case: Case, folder: Path) -> None:
    upload = sent(case, photo())
    assert any(MARKER in body for body in everything(folder).values()), "it would be found"
    sanitising.clean.call(upload)
    medium = MediaFile.objects.get()
    names = set(medium.renditions.values_list("name", flat=True))
    assert (medium.state, medium.kind, medium.refusal) == (MediaState.READY, "photo", "")
    assert {"thumb.jpg", "small.jpg", "large.jpg"} <= names
    assert {"exif", "gps", "comment", "appended_bytes"} <= set(medium.removed)
    assert (medium.width, medium.height, medium.frames, medium.windows) == (96, 96, 1, {})
    assert (Upload.objects.get().state, UploadPart.objects.count()) == (UploadState.DONE, 0)
    found = everything(folder)
    assert set(found) == {f"media/{each.storage_key}" for each in Rendition.objects.all()}
    assert all(key.startswith(f"media/cases/{medium.folder}/") for key in found)
    assert [name for name, body in found.items() if MARKER in body or b"Exif" in body] == []
    for each in medium.renditions.all():
        body = found[f"media/{each.storage_key}"]
        with Image.open(io.BytesIO(body)) as picture:
            assert (len(body), picture.size) == (each.size, (each.width, each.height))


def test_cleaning_twice_is_cleaning_once(case: Case, folder: Path) -> None:
    upload = sent(case, photo())
    sanitising.clean.call(upload)
    before = everything(folder)
    sanitising.clean.call(upload)
    assert everything(folder) == before
    assert MediaFile.objects.count() == 1


def test_a_file_of_no_kind_is_refused_and_deleted(case: Case, folder: Path) -> None:
    upload = sent(case, b"<svg xmlns='http://www.w3.org/2000/svg'>" + MARKER)
    sanitising.clean.call(upload)
    medium = MediaFile.objects.get()
    assert (medium.state, medium.refusal, medium.renditions.count()) == (MediaState.REFUSED, "media.unknown", 0)
    assert Upload.objects.get().state == UploadState.DONE
    assert everything(folder) == {}


def test_a_part_lost_on_the_server_is_told(case: Case, folder: Path) -> None:
    upload = sent(case, photo(300))
    storage.delete(UploadPart.objects.first().storage_key)  # type: ignore[union-attr]
    sanitising.clean.call(upload)
    assert MediaFile.objects.get().refusal == "media.lost"
    assert everything(folder) == {}


def test_a_part_that_changed_on_the_server_is_not_believed(case: Case, folder: Path) -> None:
    upload = sent(case, photo(300))
    part = UploadPart.objects.first()
    assert part
    (folder / "media" / part.storage_key).write_bytes(b"\0" * part.size)
    sanitising.clean.call(upload)
    assert MediaFile.objects.get().refusal == "media.lost"


def test_a_medium_removed_before_it_was_cleaned_stays_removed(case: Case, folder: Path) -> None:
    upload = sent(case, photo())
    actions.remove(by=case.author, medium=MediaFile.objects.get(), at=now())
    sanitising.clean.call(upload)
    assert MediaFile.objects.get().state == MediaState.REMOVED
    assert everything(folder) == {}


def test_two_that_clean_at_once_make_one_medium(case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = sent(case, photo())
    count = sanitising._count

    def slow(*args: Any) -> bool:
        monkeypatch.setattr(sanitising, "_count", count)
        sanitising.clean.call(upload)  # the other one overtakes
        return count(*args)

    monkeypatch.setattr(sanitising, "_count", slow)
    sanitising.clean.call(upload)
    assert MediaFile.objects.get().state == MediaState.READY
    assert set(everything(folder)) == {f"media/{each.storage_key}" for each in Rendition.objects.all()}


def test_a_surprise_is_tried_again_and_then_refused(
    case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    upload = sent(case, photo())

    def broken(*args: Any) -> None:
        raise RuntimeError("nobody foresaw this")

    monkeypatch.setattr("courses.media.sanitising.process.clean", broken)
    for attempt in (1, 2, 3):
        sanitising.clean.call(upload, attempt)
        assert waiting()[-1] == [upload, attempt + 1]
    sanitising.clean.call(upload, 4)
    assert len(waiting()) == 4
    assert MediaFile.objects.get().refusal == "media.broken"
    assert everything(folder) == {}
    assert "could not be cleaned" in caplog.text


@pytest.mark.parametrize(("fault", "code"), [("StorageAway", "media.storage_away"), ("DiskFull", "media.disk_full")])
def test_passing_trouble_is_waited_out(
    case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch, fault: str, code: str
) -> None:
    upload = sent(case, photo())
    save = storage.save

    def failing(*args: Any) -> None:
        raise getattr(storage, fault)

    monkeypatch.setattr(storage, "save", failing)
    for attempt, delay in enumerate(retries.DELAYS, 1):
        before = now()
        sanitising.clean.call(upload, attempt)
        task = DBTaskResult.objects.order_by("-enqueued_at")[0]
        assert task.args_kwargs["args"] == [upload, attempt + 1]
        assert timedelta(seconds=delay) <= task.run_after - before
        assert MediaFile.objects.get().state == MediaState.PROCESSING
    monkeypatch.setattr(storage, "save", save)
    sanitising.clean.call(upload, 8)
    assert MediaFile.objects.get().state == MediaState.READY


@pytest.mark.parametrize(("fault", "code"), [("StorageAway", "media.storage_away"), ("DiskFull", "media.disk_full")])
def test_after_eight_tries_it_is_told(
    case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch, fault: str, code: str
) -> None:
    upload = sent(case, photo())

    def failing(*args: Any) -> None:
        raise getattr(storage, fault)

    monkeypatch.setattr(storage, "save", failing)
    sanitising.clean.call(upload, len(retries.DELAYS) + 1)
    assert (MediaFile.objects.get().state, MediaFile.objects.get().refusal) == (MediaState.REFUSED, code)
    assert everything(folder) == {}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "at",
    [
        "courses.media.sanitising.process.clean",  # the raw file lies in a temporary folder
        "courses.media.actions.sanitising._count",  # renditions are stored and nobody knows of them
        "courses.media.actions.raw_uploads.delete",  # the medium is ready, the raw file still there
        "files.storage.delete_below",
    ],
)
def test_a_worker_killed_anywhere_leaves_one_medium(case: Case, folder: Path, at: str) -> None:
    upload = sent(case, photo())
    told = {"database": str(connection.settings_dict["NAME"]), "media_root": str(folder / "media")}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.dying", json.dumps(told | {"upload": upload, "at": at})],
        cwd=settings.BASE_DIR,
        env=os.environ | {"TMPDIR": tempfile.gettempdir(), "PYTHONPATH": f"{settings.BASE_DIR}:platform"},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == -signal.SIGKILL, ran.stderr.decode()
    assert any(MARKER in body for body in everything(folder).values()), "the raw file was lost or deleted too early"
    sanitising.clean.call(upload)
    medium = MediaFile.objects.get()
    assert (medium.state, Upload.objects.get().state) == (MediaState.READY, UploadState.DONE)
    scratch.sweep(sanitising.PURPOSE)
    assert set(everything(folder)) == {f"media/{each.storage_key}" for each in medium.renditions.all()}


def test_a_killed_child_is_no_fault_of_the_file(case: Case, folder: Path) -> None:
    upload = sent(case, photo())
    done = threading.Event()
    killed: list[int] = []

    def kill() -> None:
        """The first child of this process that reads files."""
        while not done.is_set() and not killed:
            for path in Path("/proc/self/task").glob("*/children"):
                for child in path.read_text().split():
                    if b"courses.media.sanitising.child" in Path(f"/proc/{child}/cmdline").read_bytes():
                        os.kill(int(child), signal.SIGKILL)
                        killed.append(int(child))

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        sanitising.clean.call(upload)
    finally:
        done.set()
        killer.join()
    assert (len(killed), waiting()[-1]) == (1, [upload, 2])
    assert MediaFile.objects.get().state == MediaState.PROCESSING
    sanitising.clean.call(upload, 2)
    assert MediaFile.objects.get().state == MediaState.READY


def test_a_removed_medium_loses_its_files(case: Case, folder: Path) -> None:
    sanitising.clean.call(sent(case, photo()))
    medium = MediaFile.objects.get()
    actions.remove(by=case.author, medium=medium, at=now())
    assert waiting()[-1] == [medium.public_id]
    for _ in range(2):
        actions.forget.call(medium.public_id)
        assert everything(folder) == {}
    assert MediaFile.objects.get().state == MediaState.REMOVED


def test_removed_files_are_deleted_later_while_the_storage_is_away(
    case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sanitising.clean.call(sent(case, photo()))
    medium = MediaFile.objects.get()
    actions.remove(by=case.author, medium=medium, at=now())

    def away(*args: Any, **kwargs: Any) -> None:
        raise storage.StorageAway

    with monkeypatch.context() as patched:
        patched.setattr(storage, "delete_below", away)
        actions.forget.call(medium.public_id)
    assert waiting()[-1] == [medium.public_id, 2]
    actions.forget.call(medium.public_id, 2)
    assert everything(folder) == {}


def test_the_cleaning_fits_in_a_workers_lease() -> None:
    assert timedelta(seconds=sanitising.LIMITS.long_seconds + 120) <= LEASE
    assert sanitising.LIMITS.short_seconds < sanitising.LIMITS.long_seconds
