"""The marker is in no clean file and in nothing told of it, wherever it was planted."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from courses.media.sanitising import process
from courses.media.sanitising.child import work
from courses.media.sanitising.limits import Limits
from courses.media.sanitising.results import Clean, Kind
from tests.unit.media.sanitising.planted import DISGUISES, Planted, holds_marker
from tests.unit.media.sanitising.planted_dicoms import dicoms
from tests.unit.media.sanitising.planted_documents import documents
from tests.unit.media.sanitising.planted_photos import photos
from tests.unit.media.sanitising.planted_videos import videos


def leaks(files: Iterable[Planted], folder: Path, kind: Kind, *, in_child: int = 3) -> tuple[int, list[str]]:
    """How many files were cleaned, and where the marker came out. The first `in_child` go through the child process."""
    found: list[str] = []
    count = 0
    for number, planted in enumerate(files):
        assert holds_marker(planted.data), planted.place  # else the test could not fail
        source, out = folder / f"{number}.bin", folder / f"{number}"
        source.write_bytes(planted.data)
        out.mkdir()
        done = process.clean(source, out) if number < in_child else work(source, out, Limits())
        assert done.kind is kind, planted.place
        found += [f"{planted.place}: {name}" for name in _where(done, out)]
        count += 1
    return count, found


def _where(done: Clean, out: Path) -> list[str]:
    names = [path.name for path in out.iterdir() if holds_marker(path.read_bytes())]
    told = json.dumps({**done.as_json(), "text": ""}, ensure_ascii=False)
    return names + (["the report"] if holds_marker(told.encode()) else [])


@pytest.mark.parametrize("disguise", DISGUISES)
def test_the_search_sees_through_every_disguise(disguise: str) -> None:
    assert holds_marker(b"x" * 1000 + DISGUISES[disguise] + b"\x00" * 1000)
    assert not holds_marker(b"x" * 1000 + DISGUISES[disguise][:-8] + b"\x00" * 1000)


def test_photos_lose_the_marker(tmp_path: Path) -> None:
    count, found = leaks(photos(), tmp_path, Kind.PHOTO)
    assert found == []
    assert count >= 75


def test_documents_lose_the_marker(tmp_path: Path) -> None:
    count, found = leaks(documents(), tmp_path, Kind.DOCUMENT)
    assert found == []
    assert count >= 50


@pytest.mark.ffmpeg
def test_videos_lose_the_marker(tmp_path: Path) -> None:
    (made := tmp_path / "made").mkdir()
    count, found = leaks(videos(made), tmp_path, Kind.VIDEO, in_child=2)
    assert found == []
    assert count >= 40


@pytest.mark.filterwarnings("ignore")  # pydicom does not like to write what is written here
def test_dicom_files_lose_the_marker(tmp_path: Path) -> None:
    count, found = leaks(dicoms(), tmp_path, Kind.DICOM)
    assert found == []
    assert count >= 110
