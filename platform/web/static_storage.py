"""Static files as they are served: smaller, compressed, named by their hash.

Comments and indentation are for who reads the source; on a link of 64 kbit/s they are a second of waiting. They are
left out when the files are collected, by rjsmin and rcssmin; names and line structure of the code stay as they are.
"""

import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import rcssmin
import rjsmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_OURS = ("css/", "js/")
# A page opened before an upgrade goes on fetching the files of its day: how long, counted from the upgrade.
KEPT_SECONDS: Final = 14 * 86_400
# Inside @layer rcssmin takes `.a :checked` for a declaration and joins it to `.a:checked`; `.a *:checked` is the same.
_DESCENDANT = re.compile(r"""("[^"]*"|'[^']*')|\s+(?=::?[a-z-]+)""")


def small(name: str, text: str) -> str:
    """A style sheet or module of ours without comments and spare space; anything else as it is."""
    if not name.startswith(_OURS):
        return text
    if name.endswith(".js"):
        return str(rjsmin.jsmin(text))
    return str(rcssmin.cssmin(_DESCENDANT.sub(_said, text))) if name.endswith(".css") else text


def _said(found: re.Match[str]) -> str:
    """A string as it is, a descendant's space with a `*` after it."""
    return found[1] or " *"


class SmallStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Makes each file small as it is collected, before it is hashed and compressed."""

    def _save(self, name: str, content: Any) -> str:
        if name.startswith(_OURS) and name.endswith((".css", ".js")):
            content.seek(0)  # whoever hashed it has read it to the end
            content = ContentFile(small(name, content.read().decode()).encode())
        return str(super()._save(name, content))

    def post_process(self, paths: Any, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Besides, keeps what was current until now for two weeks more, and forgets what is older."""
        retired = [] if dry_run else [*self.hashed_files.values()]
        mask = os.umask(0o022)  # nginx reads them as somebody else
        try:
            yield from super().post_process(paths, dry_run=dry_run, **options)
        finally:
            os.umask(mask)
        if not dry_run:
            self._forget(retired, {*paths, *self.hashed_files.values(), self.manifest_name}, time.time())

    def _forget(self, retired: Iterable[str], current: set[str], at: float) -> None:
        root = Path(self.location)
        for name in set(retired) - current:
            for each in _packed(name):
                with suppress(FileNotFoundError):
                    os.utime(root / each, (at, at))
        kept = {each for name in current for each in _packed(name)}
        for path in root.rglob("*"):
            is_old = path.is_file() and path.stat().st_mtime < at - KEPT_SECONDS
            if is_old and path.relative_to(root).as_posix() not in kept:
                path.unlink()


def _packed(name: str) -> tuple[str, str, str]:
    """A file, and how it lies compressed beside itself."""
    return name, f"{name}.gz", f"{name}.br"
