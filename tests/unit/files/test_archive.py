"""An archive is believed when every byte of it is as it was written, and not before."""

import io
import tarfile
from pathlib import Path

import pytest

from files.backups.archive import DATABASE, MANIFEST, SEAL, Broken, Manifest, checked, written

MEMBERS = {DATABASE: b"rows" * 1000, "files/cases/1/señal.jpg": b"picture" * 99, "files/cases/2/b": b""}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "backup.tar"
    with written(made) as writer:
        for name, content in MEMBERS.items():
            writer.add(name, io.BytesIO(content), len(content))
        writer.finish(Manifest(made_at="2026-11-29T10:00:00+00:00", kind="sqlite", counts={"people": 3}))
    return made


def test_it_knows_what_is_in_it(path: Path) -> None:
    manifest = checked(path)
    assert {name: size for name, (size, _) in manifest.members.items()} == {n: len(c) for n, c in MEMBERS.items()}
    assert (manifest.counts, manifest.kind) == ({"people": 3}, "sqlite")
    assert manifest.files == [name for name in MEMBERS if name != DATABASE]


def test_only_its_owner_reads_it(path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600


def test_every_byte_that_counts_is_looked_at(path: Path) -> None:
    """One bit turned over, at 300 places all over the archive: it is refused, or says the same as before."""
    whole, said = path.read_bytes(), checked(path)
    refused = 0
    for at in range(0, len(whole), max(1, len(whole) // 300)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        try:
            assert checked(path) == said
        except Broken:
            refused += 1
    assert refused > 100


def test_an_archive_that_was_cut_short_is_refused(path: Path) -> None:
    whole = path.read_bytes()
    end = whole.rindex(SEAL.encode()) + 512
    for length in range(0, end, 509):
        path.write_bytes(whole[:length])
        with pytest.raises(Broken):
            checked(path)


@pytest.mark.parametrize("name", ["/etc/passwd", "files/../../x", "other", "files/"])
def test_what_does_not_belong_there_is_refused(path: Path, name: str) -> None:
    with tarfile.open(path, "a") as tar:
        tar.addfile(tarfile.TarInfo(name), io.BytesIO())
    with pytest.raises(Broken):
        checked(path)


def test_links_and_twins_are_refused(path: Path) -> None:
    whole = path.read_bytes()
    link = tarfile.TarInfo("files/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    for head in (link, tarfile.TarInfo(MANIFEST), tarfile.TarInfo("files/unknown")):
        path.write_bytes(whole)
        with tarfile.open(path, "a") as tar:
            tar.addfile(head, io.BytesIO())
        with pytest.raises(Broken):
            checked(path)


def test_what_fails_midway_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="unexpected end"), written(tmp_path / "backup.tar") as writer:
        writer.add(DATABASE, io.BytesIO(b"short"), 100)
    assert list(tmp_path.iterdir()) == []
