"""A server of our own for a browser: the real one, on a database file, with the demonstration loaded."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.load.servers import PACE, ROOT, Servers, free_ports, is_older

_KEPT: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV")


@dataclass(frozen=True, slots=True)
class Template:
    """What every server of a run starts from: collected static files and a database with the demonstration."""

    folder: Path
    secret: str
    static: Path

    @property
    def database(self) -> Path:
        return self.folder / "demo.sqlite3"


@dataclass(frozen=True, slots=True)
class Site:
    """One server at `url`, which can be killed, told to leave, and started again on the same port and database."""

    servers: Servers
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """It answers when this returns."""
        self.servers.start(self.port)

    def kill(self) -> None:
        """kill -9."""
        self.servers.kill(-1)

    def leave(self) -> int:
        """SIGTERM, and its exit code."""
        self.servers.stop()
        return int(self.servers.processes[-1].returncode)


def prepare(folder: Path) -> Template:
    """Load the demonstration once for many servers; texts and static files only where `make` did not prepare them."""
    collected = ROOT / "var" / "static"
    is_stale = is_older(collected / "staticfiles.json", (ROOT / "static").rglob("*"))
    template = Template(folder, secrets.token_urlsafe(50), folder / "static" if is_stale else collected)
    servers = Servers(folder, _settings(template, folder, free_ports(1)[0], template.database))
    if any(is_older(text.with_suffix(".mo"), [text]) for text in (ROOT / "platform" / "web" / "locale").rglob("*.po")):
        servers.manage("compile_translations")
    if is_stale:
        servers.manage("collectstatic", "--noinput", "--verbosity", "0")
    servers.manage("migrate", "--noinput", "--verbosity", "0")
    servers.manage("load_demo")
    return template


@contextmanager
def serving(template: Template, folder: Path) -> Iterator[Site]:
    """A server on a copy of the template's database; its mail and its log go to `folder`."""
    database = folder / "site.sqlite3"
    shutil.copy(template.database, database)
    shutil.copytree(template.folder / "media", folder / "media", dirs_exist_ok=True)
    port = free_ports(1)[0]
    site = Site(Servers(folder, _settings(template, folder, port, database)), port)
    try:
        site.start()
        yield site
    except Exception:
        site.servers.show_logs()
        raise
    finally:
        site.servers.stop()


def _settings(template: Template, folder: Path, port: int, database: Path) -> dict[str, str]:
    url = f"http://127.0.0.1:{port}"
    return {name: os.environ[name] for name in _KEPT if name in os.environ} | {
        "ANFITEATRO_ENV_FILE": os.devnull,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'platform'}",
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "SECRET_KEY": template.secret,
        "DEBUG": "0",
        "DATABASE_URL": f"sqlite:///{database}",
        "EMAIL_URL": "file:",
        "BROWSER_STATIC": str(template.static),
        "BROWSER_FILES": str(folder),
        "ANFITEATRO_DEMO": "1",
        "ANFITEATRO_REHEARSAL": "1",
        "ANFITEATRO_SITE_URL": url,
        "ANFITEATRO_ORIGINS": url,
        "ANFITEATRO_LOG_LEVEL": "WARNING",
        "ANFITEATRO_ROOM_DRAIN_SECONDS": "2",
        **PACE,
    }
