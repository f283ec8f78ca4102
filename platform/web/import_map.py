"""The import map that leads browsers to modules, whose files bear a hash in their name.

A module is imported by a name of its own, `#<folder>/<file>.js`, which stands for `static/js/<folder>/<file>.js`. The
same name resolves in the browser (by the import map), in `node --test` and in `tsc` (by `imports` in package.json).
No file mentions another's hash, so a changed module is the only one a phone fetches again.
"""

import re
from functools import lru_cache
from pathlib import Path

from django.conf import STATICFILES_STORAGE_ALIAS, settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import storages

_IMPORT = re.compile(r'(?:from|import)\s*(\(?)\s*"#([^"]+)"')


def import_map() -> dict[str, str]:
    """The `imports` of the page's import map: `#live/socket.js` to the address of that module as it is served."""
    return _read_map() if settings.DEBUG else _cached_map(storages[STATICFILES_STORAGE_ALIAS])


@lru_cache(maxsize=1)
def _cached_map(storage: object) -> dict[str, str]:
    """Of this storage: what is served does not change while the process lives, and every page asks."""
    return _read_map()


def _read_map() -> dict[str, str]:
    names = getattr(staticfiles_storage, "hashed_files", None) or _source_names()
    return {
        f"#{name.removeprefix('js/')}": staticfiles_storage.url(name)
        for name in sorted(names)
        if name.startswith("js/") and name.count("/") > 1 and name.endswith(".js")
    }


def graph(entry: str, *, at_once: bool = False) -> dict[str, str]:
    """The same for one page: only the modules that `entry` (`room/main.js`) needs, itself left out; `at_once` leaves
    out those that it only fetches later, by `import(…)`.

    A page that names them all is fetched in one round trip instead of one for each depth of the imports.
    """
    needed: set[str] = set()
    waiting = [entry]
    while waiting:
        new = {name for later, name in _imports(waiting.pop()) if not (at_once and later)} - needed
        needed |= new
        waiting += new
    return {f"#{name}": staticfiles_storage.url(f"js/{name}") for name in sorted(needed - {entry})}


def _imports(name: str) -> tuple[tuple[str, str], ...]:
    """What a module imports: `(` when it does so later, and our name without the `#`."""
    return _read_imports(name) if settings.DEBUG else _cached_imports(name)


def _read_imports(name: str) -> tuple[tuple[str, str], ...]:
    path = finders.find(f"js/{name}")
    return tuple(_IMPORT.findall(Path(path).read_text())) if isinstance(path, str) else ()


_cached_imports = lru_cache(maxsize=None)(_read_imports)


def _source_names() -> list[str]:
    """The modules as they lie in the source folders, for a storage that keeps no manifest."""
    return [
        path.relative_to(folder).as_posix()
        for folder in map(Path, settings.STATICFILES_DIRS)
        for path in folder.glob("js/*/**/*.js")
    ]
