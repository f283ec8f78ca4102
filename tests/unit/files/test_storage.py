"""Objects on local files, and folders for work in hand that do not outlive their process."""

import io
import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.http import HttpRequest, HttpResponse
from django.test import override_settings

from files import scratch, storage
from web.middleware import TextGZipMiddleware

HOLD = """
from files import scratch
with scratch.folder("test") as folder:
    (folder / "raw").write_text("x")
    print(folder, flush=True)
    input()
"""


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield tmp_path


def test_objects_are_read_whole_and_in_pieces(root: Path) -> None:
    body = bytes(range(256)) * 3_000
    storage.save("a/b/c", ContentFile(body))
    kept = io.BytesIO()
    assert storage.copy("a/b/c", kept) == storage.size("a/b/c") == len(body)
    assert kept.getvalue() == body
    assert storage.read("a/b/c", 5, 9) == body[5:9]
    assert storage.read("a/b/c", len(body) - 2, len(body) + 9) == body[-2:]
    assert storage.read("a/b/c", 9, 9) == b""
    with storage.opened("a/b/c", len(body)) as file:
        file.seek(-4, io.SEEK_END)
        assert file.read() == body[-4:]


def test_nobody_else_on_the_machine_reads_them(root: Path) -> None:
    storage.save("a/b", ContentFile(b"x"))
    assert [stat.S_IMODE((root / name).stat().st_mode) for name in ("a", "a/b")] == [0o700, 0o600]


def test_a_key_is_used_once(root: Path) -> None:
    storage.save("a/b", ContentFile(b"first"))
    with pytest.raises(ValueError, match="taken"):
        storage.save("a/b", ContentFile(b"second"))
    assert storage.below("a") == ["a/b"]
    assert storage.read("a/b", 0, 9) == b"first"


def test_what_is_not_there(root: Path) -> None:
    for ask in (lambda: storage.read("no", 0, 1), lambda: storage.size("no"), lambda: storage.copy("no", io.BytesIO())):
        with pytest.raises(FileNotFoundError):
            ask()
    storage.delete("no")
    assert storage.below("no") == []
    assert storage.delete_below("no") == 0


def test_a_folder_is_emptied_but_for_what_counts(root: Path) -> None:
    for name in ("a/1/x", "a/1/y", "a/2/z", "ab/w"):
        storage.save(name, ContentFile(b"x"))
    assert storage.delete_below("a", but=frozenset({"a/1/y"})) == 2
    assert storage.below("a") == ["a/1/y"]
    assert not (root / "a" / "2").exists()
    assert storage.delete_below("a") == 1
    assert not (root / "a").exists()
    assert storage.below("ab") == ["ab/w"]


def test_work_in_hand_is_gone_when_it_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(RuntimeError), scratch.folder("test") as folder:
        (folder / "raw").write_text("x")
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_swept_and_a_living_ones_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    env = os.environ | {"TMPDIR": str(tmp_path), "PYTHONPATH": "platform"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = subprocess.Popen([sys.executable, "-c", HOLD], cwd=settings.BASE_DIR, env=env, text=True, **pipes)
    assert process.stdout
    assert process.stdin
    held = Path(process.stdout.readline().strip())
    assert scratch.sweep("test") == 0
    with scratch.folder("test"):
        assert (held / "raw").exists()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdin.close()
    process.stdout.close()
    assert (held / "raw").exists()
    assert scratch.sweep("other") == 0
    with scratch.folder("test"):
        assert not held.exists()


@pytest.mark.parametrize(
    ("kind", "is_packed"),
    [
        ("text/html; charset=utf-8", True),
        ("application/json", True),
        ("image/jpeg", False),
        ("video/mp4", False),
        ("application/dicom", False),
    ],
)
def test_text_is_packed_and_pictures_are_not(kind: str, is_packed: bool) -> None:
    request = HttpRequest()
    request.META["HTTP_ACCEPT_ENCODING"] = "gzip"
    answer = TextGZipMiddleware(lambda _: HttpResponse(b"x" * 5_000, content_type=kind))(request)
    assert answer.has_header("Content-Encoding") == is_packed
