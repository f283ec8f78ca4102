"""A disk of a test's own, which it may fill and free again."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.faults.services import left_out

_CHUNK: Final = 65_536


@dataclass
class SmallDisk:
    """Mounted at `folder`."""

    folder: Path

    @property
    def ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self) -> None:
        """Leave not a byte."""
        with self.ballast.open("ab", buffering=0) as file:
            for size in (_CHUNK, 1):
                with contextlib.suppress(OSError):
                    while True:
                        file.write(b"\0" * size)

    def free(self) -> None:
        """Take away what `fill` put there."""
        self.ballast.unlink()


@contextmanager
def small_disk(megabytes: int) -> Iterator[SmallDisk]:
    """In memory. Only root may mount it; where that is not allowed the test is left out."""
    with TemporaryDirectory(prefix="anfiteatro-disk-") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder]
        if os.geteuid() or subprocess.run(mount, stderr=subprocess.DEVNULL).returncode:
            left_out("this user may not mount a small disk")
        try:
            yield SmallDisk(Path(folder))
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)
