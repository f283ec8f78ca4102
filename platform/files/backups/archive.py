"""The archive: a tar with the database, the files, and a manifest that says what must be in it.

Nothing of it is believed before every byte was read and compared.
"""

import hashlib
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final, cast

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
SEAL: Final = "manifest.sha256"  # of the manifest: a digit that turned over on the disk is noticed too
DATABASE: Final = "database"
FILES: Final = "files/"
_PIECE: Final = 1024 * 1024


class Broken(Exception):
    """This is no backup, or not all of it, or not as it was written."""


@dataclass(slots=True)
class Manifest:
    """`counts` are the rows of each table, `members` size and SHA-256 of what the archive holds, `listed` the sizes of
    files that it only names. `key` is a print of the SECRET_KEY, which the archive does not hold.
    """

    made_at: str = ""
    kind: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    migrations: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    members: dict[str, tuple[int, str]] = field(default_factory=dict)
    listed: dict[str, int] = field(default_factory=dict)
    key: str = ""
    format: int = FORMAT

    @property
    def files(self) -> list[str]:
        """The members that are files of the storage."""
        return [name for name in self.members if name.startswith(FILES)]


class Writer:
    """Adds members to an archive and remembers their sums."""

    def __init__(self, to: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=to, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115 - closed by `finish`
        self.members: dict[str, tuple[int, str]] = {}

    def add(self, name: str, source: IO[bytes], size: int) -> None:
        """Exactly `size` bytes of `source`. Raises OSError where it has fewer."""
        summed = _Summed(source)
        self._tar.addfile(_head(name, size), cast(IO[bytes], summed))
        self.members[name] = (size, summed.sha256)

    def finish(self, manifest: Manifest) -> None:
        """The manifest and its seal come last: an archive without them was cut short."""
        manifest.members = self.members
        text = json.dumps(asdict(manifest), indent=1, ensure_ascii=False).encode()
        seal = hashlib.sha256(text).hexdigest().encode()
        with tempfile.TemporaryFile() as file:
            for name, content in ((MANIFEST, text), (SEAL, seal)):
                file.seek(0)
                file.write(content)
                file.seek(0)
                self._tar.addfile(_head(name, len(content)), file)
        self._tar.close()


@contextmanager
def written(path: Path) -> Iterator[Writer]:
    """An archive at `path`, readable for its owner alone, there as a whole or not at all. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # 0600 from its first moment
    try:
        with os.fdopen(handle, "wb") as file:
            yield Writer(file)
            file.flush()
            os.fsync(file.fileno())
        Path(name).rename(path)
        to_disk(path.parent)
    finally:
        with suppress(FileNotFoundError):
            Path(name).unlink()


def checked(path: Path) -> Manifest:
    """The manifest of an archive every byte of which is as it was written. Raises Broken."""
    found: dict[str, tuple[int, str]] = {}
    small: dict[str, bytes] = {}

    def sum_up(name: str, source: IO[bytes]) -> None:
        if name in found:
            raise Broken(f"it has “{name}” twice")
        if name in (MANIFEST, SEAL):
            small[name] = source.read()
        else:
            found[name] = copied(source)

    each_member(path, sum_up)
    manifest = _read(small)
    if missing := manifest.members.keys() - found.keys():
        raise Broken(f"{len(missing)} of its parts are missing, “{min(missing)}” among them")
    if unknown := found.keys() - manifest.members.keys():
        raise Broken(f"it has parts its manifest does not know, “{min(unknown)}” among them")
    for name, sums in found.items():
        if sums != tuple(manifest.members[name]):
            raise Broken(f"“{name}” is not what was written")
    return manifest


def each_member(path: Path, do: Callable[[str, IO[bytes]], None]) -> None:
    """Call `do` with the name and content of each. Raises Broken for what is no archive of ours."""
    try:
        with tarfile.open(path, "r:") as tar:
            for head in tar:
                source = tar.extractfile(head) if head.isreg() else None
                if source is None or not _is_ours(head.name):
                    raise Broken(f"“{head.name}” does not belong into a backup")
                do(head.name, source)
    except (tarfile.TarError, EOFError, UnicodeDecodeError) as error:
        raise Broken("it is no archive, or was cut short") from error


def copied(source: IO[bytes], to: IO[bytes] | None = None) -> tuple[int, str]:
    """Size and SHA-256 of what was read, and written `to` somewhere."""
    sums, size = hashlib.sha256(), 0
    while piece := source.read(_PIECE):
        sums.update(piece)
        size += len(piece)
        if to is not None:
            to.write(piece)
    return size, sums.hexdigest()


def to_disk(path: Path) -> None:
    """A file's content, or a folder's names, safe from a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read(small: dict[str, bytes]) -> Manifest:
    if set(small) != {MANIFEST, SEAL}:
        raise Broken("it has no manifest: it was cut short")
    if hashlib.sha256(small[MANIFEST]).hexdigest().encode() != small[SEAL]:
        raise Broken("its manifest is not what was written")
    fields: dict[str, Any] = json.loads(small[MANIFEST])
    if fields.get("format") != FORMAT:
        raise Broken("it was made by another version of this command")
    manifest = Manifest(**fields)
    manifest.members = {name: (int(size), str(sums)) for name, (size, sums) in manifest.members.items()}
    if DATABASE not in manifest.members:
        raise Broken("it has no database")
    return manifest


def _is_ours(name: str) -> bool:
    """A known name, which leads nowhere else."""
    parts = PurePosixPath(name).parts
    return name in (DATABASE, MANIFEST, SEAL) or (
        name.startswith(FILES) and len(parts) > 1 and ".." not in parts and "\x00" not in name
    )


def _head(name: str, size: int) -> tarfile.TarInfo:
    head = tarfile.TarInfo(name)
    head.size, head.mode = size, 0o600
    return head


class _Summed:
    """A file that is summed up as it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self._sums = source, hashlib.sha256()

    @property
    def sha256(self) -> str:
        return self._sums.hexdigest()

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size)
        self._sums.update(piece)
        return piece
