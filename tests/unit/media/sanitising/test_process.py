"""The child process: what kills it, fills its disk or hangs in it ends as a code, and nothing is left lying about."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from courses.media.sanitising import process
from courses.media.sanitising.child import work
from courses.media.sanitising.limits import Limits
from courses.media.sanitising.results import CODES, Clean, File, Kind, Refused
from tests.unit.media.sanitising.planted_dicoms import data_set, written
from tests.unit.media.sanitising.planted_documents import pdf
from tests.unit.media.sanitising.planted_photos import gps_exif, jpeg
from tests.unit.media.sanitising.planted_videos import small


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (folder := tmp_path / "out").mkdir()
    return folder


def put(folder: Path, data: bytes) -> Path:
    (path := folder / "source").write_bytes(data)
    return path


def refusal(source: Path, out: Path, limits: Limits = process.DEFAULTS) -> Refused:
    with pytest.raises(Refused) as refused:
        process.clean(source, out, limits)
    assert list(out.iterdir()) == []
    assert refused.value.code in CODES
    return refused.value


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: jpeg(exif=gps_exif()), Kind.PHOTO),
        (pdf, Kind.DOCUMENT),
        (lambda: written(data_set("JPEG2000.dcm")), Kind.DICOM),
    ],
)
def test_the_child_gives_what_the_work_gives(make: "type[bytes]", kind: Kind, tmp_path: Path, out: Path) -> None:
    source = put(tmp_path, make())
    done = process.clean(source, out)
    (here := tmp_path / "here").mkdir()
    assert done.kind is kind
    assert done == work(source, here, Limits())
    assert {path.name for path in out.iterdir()} == {file.name for file in done.files}
    assert source.exists()


@pytest.mark.ffmpeg
def test_videos_live_with_the_limits(tmp_path: Path, out: Path) -> None:
    assert process.clean(small(tmp_path / "a.mp4", size="640x360"), out).kind is Kind.VIDEO


def test_results_survive_json() -> None:
    file = File("master.jpg", "image/jpeg", 10, 2, 3)
    done = Clean(Kind.PHOTO, "image/jpeg", (file,), ("exif",), 2, 3, text="ñ", seconds=1.5)
    assert Clean.from_json(json.loads(json.dumps(done.as_json()))) == done


@pytest.mark.parametrize("name", ["../x.jpg", "/etc/x.jpg", "x.html", "x.jpg/y.jpg", ".jpg", "x.JPG", "x.jpg\n"])
def test_results_with_names_of_their_own_are_none(name: str) -> None:
    done = Clean(Kind.PHOTO, "image/jpeg", (File(name, "image/jpeg", 1, 1, 1),), (), 1, 1)
    with pytest.raises(ValueError, match="file name"):
        Clean.from_json(done.as_json())


def test_every_code_is_explained() -> None:
    explained = (process.ROOT / "docs" / "media.md").read_text()
    assert [code for code in CODES if f"`{code}`" not in explained] == []


def test_what_takes_too_long_is_stopped(tmp_path: Path, out: Path) -> None:
    refused = refusal(put(tmp_path, jpeg()), out, Limits(short_seconds=0, starting_seconds=0))
    assert refused.code == "media.took_too_long"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (signal.SIGSEGV, "media.broken"),
        (signal.SIGKILL, "media.broken"),
        (signal.SIGABRT, "media.broken"),
        (signal.SIGXCPU, "media.took_too_long"),
    ],
)
def test_a_child_that_dies_is_told_by_its_death(number: signal.Signals, code: str) -> None:
    dying = [sys.executable, "-c", f"import os; os.kill(os.getpid(), {int(number)})"]
    with tempfile.TemporaryFile() as answer, pytest.raises(Refused) as refused:
        process._awaited(subprocess.Popen(dying, start_new_session=True), answer, 60)
    assert refused.value.code == code


def test_what_a_child_started_ends_with_it() -> None:
    """A grandchild that would sleep for an hour, as an ffmpeg does whose child has crashed. It holds the pipe open for
    as long as it lives.
    """
    code = "import os, subprocess; subprocess.Popen(['sleep', '3600']); os.abort()"
    child = subprocess.Popen([sys.executable, "-c", code], start_new_session=True, stdout=subprocess.PIPE)
    with tempfile.TemporaryFile() as answer, pytest.raises(Refused):
        process._awaited(child, answer, 60)
    assert child.stdout
    assert child.stdout.read() == b""
    child.stdout.close()


def test_a_child_ends_with_its_worker(tmp_path: Path) -> None:
    """The grandchild holds the pipe open for as long as it lives."""
    lasting = (
        "from courses.media.sanitising.confinement import die_with_parent as d; d(); print(1, flush=True); input()"
    )
    worker = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {lasting!r}], stdin=sys.stdin)"
    running = subprocess.Popen(
        [sys.executable, "-c", worker], cwd=process.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert running.stdin
    assert running.stdout
    assert running.stdout.readline() == b"1\n"
    running.kill()
    assert running.stdout.read() == b""
    running.wait()
    running.stdin.close()
    running.stdout.close()


def test_too_little_memory_is_a_refusal(tmp_path: Path, out: Path) -> None:
    source = put(tmp_path, written(data_set()))
    assert refusal(source, out, Limits(memory_bytes=40 * 1024 * 1024)).code in ("media.broken", "media.too_large")


def test_a_full_disk_is_worth_another_try(tmp_path: Path, out: Path) -> None:
    (out / "master.jpg").symlink_to("/dev/full")
    refused = refusal(put(tmp_path, jpeg()), out)
    assert refused.code == "media.disk_full"
    assert refused.is_worth_another_try


@pytest.mark.ffmpeg
def test_a_disk_that_fills_up_under_ffmpeg(tmp_path: Path, out: Path) -> None:
    (out / "master.mp4").symlink_to("/dev/full")
    assert refusal(small(tmp_path / "a.mp4"), out).code == "media.disk_full"


def test_a_full_disk_is_seen_through_pydicom(tmp_path: Path, out: Path) -> None:
    (out / "image.dcm").symlink_to("/dev/full")
    assert refusal(put(tmp_path, written(data_set())), out).code == "media.disk_full"


def test_a_file_that_grows_too_large_is_stopped(tmp_path: Path, out: Path) -> None:
    refused = refusal(put(tmp_path, written(data_set())), out, Limits(written_bytes=3_000))
    assert refused.code == "media.too_large"
    assert not refused.is_worth_another_try


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b'{"clean": {}}', b'{"refused": 7}', b'"clean"', b"\xff"])
def test_an_answer_that_is_none(line: bytes) -> None:
    with pytest.raises(Refused, match=r"media\.broken"):
        process._told(line)


def test_an_answer_cannot_bring_words_of_the_file() -> None:
    with pytest.raises(Refused) as refused:
        process._told(b'{"refused": "Ana P\xc3\xa9rez", "why": "Ana P\xc3\xa9rez"}')
    assert (refused.value.code, refused.value.why) == ("media.broken", "")


def test_a_file_nobody_told_of_is_no_clean_file(out: Path) -> None:
    (out / "master.jpg").write_bytes(b"1234")
    done = Clean(Kind.PHOTO, "image/jpeg", (File("master.jpg", "image/jpeg", 4, 1, 1),), (), 1, 1)
    process._check(out, done)
    (out / "extra.txt").write_bytes(b"x")
    with pytest.raises(Refused):
        process._check(out, done)
    (out / "extra.txt").unlink()
    (out / "master.jpg").write_bytes(b"123")
    with pytest.raises(Refused):
        process._check(out, done)


def test_the_child_gets_none_of_our_secrets(tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, str] = {}
    popen = subprocess.Popen

    def watched(*args: object, **options: object) -> object:
        seen.update(options["env"])  # type: ignore[call-overload]
        return popen(*args, **options)  # type: ignore[call-overload]

    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.setattr(subprocess, "Popen", watched)
    process.clean(put(tmp_path, jpeg()), out)
    assert "SECRET_KEY" in os.environ
    assert set(seen) == {
        "PATH",
        "PYTHONPATH",
        "LC_ALL",
        "HOME",
        "MALLOC_ARENA_MAX",
        "OPENBLAS_NUM_THREADS",
        "OMP_NUM_THREADS",
    }
