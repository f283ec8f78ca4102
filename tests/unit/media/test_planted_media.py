"""Hundreds of files with a planted word go the whole way: it is in no stored file, no temporary one, no row, no log."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from courses.cases.models import Case, CaseStatus, MediaFile, MediaState
from courses.media.actions import sanitising, uploads
from courses.media.models import Upload
from courses.media.rules import uploads as rules
from courses.media.sanitising import process
from courses.media.sanitising.child import work
from shared.clock import now
from tests import case_factories
from tests.unit.media.sanitising.planted import Planted, holds_marker
from tests.unit.media.sanitising.planted_dicoms import dicoms
from tests.unit.media.sanitising.planted_documents import documents
from tests.unit.media.sanitising.planted_photos import photos
from tests.unit.media.sanitising.planted_videos import videos

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]  # pydicom, about what is written here


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    kept = tmp_path / "kept"
    (kept / "tmp").mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(kept / "tmp"))
    # A process for each of hundreds would take minutes; that it makes no difference is tested beside it.
    monkeypatch.setattr(process, "clean", work)
    tasks = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with override_settings(TASKS=tasks, MEDIA_ROOT=kept / "media"):
        yield kept


def send(case: Case, data: bytes) -> str:
    """In parts of 64 KiB; the upload's public id."""
    upload = uploads.begin(by=case.author, case=case, key=uuid4(), size=len(data), at=now())
    for number in range(1, rules.count(len(data), upload.part_bytes) + 1):
        part = data[(number - 1) * upload.part_bytes : number * upload.part_bytes]
        uploads.keep_part(by=case.author, upload=upload, number=number, body=part)
    return uploads.complete(by=case.author, upload=upload, at=now()).public_id


def leaks(folder: Path) -> list[str]:
    """Names of files, and tables, that hold the word."""
    found = [str(path) for path in folder.rglob("*") if path.is_file() and holds_marker(path.read_bytes())]
    models = [model for app in apps.get_app_configs() if app.name.startswith("courses.") for model in app.get_models()]
    assert {MediaFile, Upload} < set(models)
    models.append(DBTaskResult)
    return found + [m.__name__ for m in models if any(holds_marker(repr(row).encode()) for row in m.objects.values())]


@pytest.mark.parametrize(
    ("make", "least"),
    [
        (photos, 75),
        (documents, 50),
        (dicoms, 110),
        pytest.param(videos, 40, marks=pytest.mark.ffmpeg),
    ],
)
def test_nothing_of_it_is_kept(
    make: object, least: int, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    (tmp_path / "made").mkdir()
    planted: list[Planted] = list(make(tmp_path / "made") if make is videos else make())  # type: ignore[operator]
    assert len(planted) >= least
    case = case_factories.case(status=CaseStatus.DRAFT, released_at=None)
    for number, each in enumerate(planted):
        if number and number % rules.MEDIA_PER_CASE == 0:
            case = case_factories.case(status=CaseStatus.DRAFT, released_at=None)
        upload = send(case, each.data)
        if not number:
            assert leaks(folder), "it would be found"
        sanitising.clean.call(upload)
    states = list(MediaFile.objects.values_list("state", flat=True))
    assert states == [MediaState.READY] * len(planted)
    assert set(Upload.objects.values_list("state", flat=True)) == {"done"}
    assert leaks(folder) == []
    # What the libraries say, the child says to nobody.
    ours = [
        record for record in caplog.records if record.name.startswith(("courses", "files", "jobs", "web", "django"))
    ]
    assert ours
    assert [record for record in ours if holds_marker(record.getMessage().encode())] == []
