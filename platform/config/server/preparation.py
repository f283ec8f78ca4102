"""What a start in one process needs before it can serve: texts, static files, tables, and what to begin with.

`python -m config.server --prepare` is one process for all of it. Each step is done again only when what it is made
from has changed; `make` keeps the same stamps.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

_ROOT = Path(__file__).resolve().parents[3]


def prepare(site: str) -> None:
    """Bring texts, static files and tables up to date; load the demonstration, or print an empty house's first link.

    `site` is the address to print, like http://127.0.0.1:8000. Django is set up.
    """
    catalogues = [path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po")]
    _once(_ROOT / "var" / ".translated", catalogues, lambda: call_command("compile_translations", verbosity=0))
    if not settings.DEBUG:  # else they are served from their sources
        made_from = [*(_ROOT / "static").rglob("*"), *(_ROOT / "platform" / "web").glob("*.py")]
        _once(_ROOT / "var" / ".collected", made_from, _collect)
    call_command("migrate", interactive=False, verbosity=0)
    if settings.DEMO:
        call_command("load_demo", site=site)
    else:
        call_command("first_link", site=site, if_needed=True)


def _collect() -> None:
    print("Collecting static files…", flush=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def _once(stamp: Path, made_from: Iterable[Path], make: Callable[[], object]) -> None:
    """Make it unless the stamp is younger than all it is made from."""
    made_at = stamp.stat().st_mtime if stamp.exists() else 0.0
    if all(path.stat().st_mtime <= made_at for path in made_from if path.is_file()) and made_at:
        return
    make()
    stamp.parent.mkdir(exist_ok=True)
    stamp.touch()
