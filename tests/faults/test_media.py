"""Files on their way while the disk is full, and while S3 is away for two minutes."""

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from django.test import override_settings

from courses.cases.models import Case, CaseStatus, MediaFile, MediaState, Rendition
from courses.media.actions import sanitising
from files import storage
from jobs import retries
from jobs.worker import Worker
from tests import case_factories
from tests.faults.conftest import Length
from tests.faults.small_disk import SmallDisk, small_disk
from tests.media_files import MARKER, Sender, photo, signed_in
from tests.s3 import s3_server

QUEUE: Final = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallDisk]:
    """Stored files and temporary ones are on it."""
    with small_disk(24) as found, override_settings(MEDIA_ROOT=found.folder / "media", TASKS=QUEUE):
        (found.folder / "tmp").mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(found.folder / "tmp"))
        yield found


def draft() -> Case:
    return case_factories.case(status=CaseStatus.DRAFT, released_at=None)


@pytest.mark.django_db
def test_a_full_disk_keeps_what_arrived_and_takes_the_rest_later(disk: SmallDisk) -> None:
    case = draft()
    sender = Sender(signed_in(case.author), case, photo(800))
    parts = sender.begin().json()["parts"]
    assert parts > 2
    assert sender.put(1).status_code == 200
    disk.fill()
    full = sender.put(2)
    assert (full.status_code, full.json()["code"], full.json()["retry"]) == (507, "upload.disk_full", True)
    assert sender.show().json()["have"] == [1]
    assert len(storage.below("incoming")) == 1, "half a part was left"
    disk.free()
    assert sender.send().json()["state"] == "complete"
    disk.fill()
    sanitising.clean.call(sender.upload)
    assert MediaFile.objects.get().state == MediaState.PROCESSING
    assert storage.below("cases") == []
    assert list((disk.folder / "tmp").iterdir()) == []
    disk.free()
    sanitising.clean.call(sender.upload, 2)
    assert MediaFile.objects.get().state == MediaState.READY
    stored = {str(path.relative_to(disk.folder / "media")) for path in files(disk.folder / "media")}
    assert stored == set(Rendition.objects.values_list("storage_key", flat=True))
    assert [path for path in files(disk.folder) if MARKER in path.read_bytes()] == []


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.django_db(transaction=True)
def test_s3_away_in_the_middle_costs_waiting_alone(length: Length, monkeypatch: pytest.MonkeyPatch) -> None:
    away_seconds = length.of(short=3, full=120)
    monkeypatch.setattr(retries, "DELAYS", length.of(short=(1,) * 20, full=retries.DELAYS))
    with override_settings(TASKS=QUEUE), s3_server() as s3, _working():
        case = draft()
        bodies = [photo(300 + 10 * n) for n in range(6)]
        senders = [Sender(signed_in(case.author), case, body, way="server", part_bytes=16_384) for body in bodies]
        for sender in senders[:3]:
            assert sender.send().status_code == 200  # and the worker begins to clean them
        s3.stop()
        told: list[int] = []
        stopped = time.monotonic()
        for sender in senders[3:]:
            sender.begin()
        while time.monotonic() - stopped < away_seconds:
            told += [sender.put(1).status_code for sender in senders[3:]]
        assert set(told) == {503}
        s3.start()
        for sender in senders[3:]:
            assert sender.send().json()["state"] == "complete"
        _until(lambda: _states() == {MediaState.READY: 6}, within=length.of(short=90, full=420))
        _until(lambda: set(s3.stored()) == set(Rendition.objects.values_list("storage_key", flat=True)))
        assert [key for key in s3.stored() if MARKER in storage.read(key, 0, 10**7)] == []


def _states() -> dict[Any, int]:
    states = list(MediaFile.objects.values_list("state", flat=True))
    return {state: states.count(state) for state in states}


@contextmanager
def _working() -> Iterator[None]:
    """A worker of the queue in a thread, as in the default set-up."""
    stop = threading.Event()
    thread = threading.Thread(target=Worker(stop).run)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(60)
        assert not thread.is_alive()


def _until(is_so: Callable[[], bool], within: float = 30.0) -> None:
    deadline = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)
