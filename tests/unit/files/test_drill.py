"""The drill: a backup of a running site, a disaster, a restore; every row counted and every file compared."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.load.scaled import own_database
from tests.load.servers import ROOT, _demo

DAMAGE = b"\xff" * 4096


@dataclass(frozen=True)
class Site:
    """Settings of a site with the demonstration, whose files are in `folder`."""

    folder: Path
    database: str

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ}
        settings = kept | {
            "ANFITEATRO_ENV_FILE": os.devnull,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'platform'}",
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
            "SECRET_KEY": "a-key-of-the-drill-that-is-long-enough-for-every-check-of-letters",
            "DATABASE_URL": self.database,
            "BROWSER_STATIC": str(self.folder / "static"),
            "BROWSER_FILES": str(self.folder),
            "ANFITEATRO_DEMO": "1",
            "ANFITEATRO_LOG_LEVEL": "WARNING",
        }
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)

    def backup(self) -> Path:
        done = self.manage("backup", str(self.folder / "backups"))
        assert done.returncode == 0, done.stderr
        (made,) = (self.folder / "backups").iterdir()
        return made

    def files(self) -> dict[str, str]:
        """SHA-256 of each file that is kept, raw ones and what a restore moved aside left out."""
        root = self.folder / "media"
        return {
            str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in root.rglob("*")
            if path.is_file()
            and path.relative_to(root).parts[0] != "incoming"
            and path.relative_to(root).parts[0][0] != "."
        }


def fill_files(folder: Path) -> None:
    for name in ("cases/1/a.jpg", "cases/1/b.mp4", "cases/2/ñandú.dcm", "incoming/9/raw"):
        path = folder / "media" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(300_000))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    fill_files(tmp_path)
    shutil.copy(_demo(), tmp_path / "site.sqlite3")
    return Site(tmp_path, f"sqlite:///{tmp_path / 'site.sqlite3'}")


def rows(path: Path) -> dict[str, int]:
    """Every table counted, by a way of its own. The epoch of a room is what a restore changes, and no number."""
    with closing(sqlite3.connect(path)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def test_backup_disaster_restore_on_sqlite(site: Site) -> None:
    database = site.folder / "site.sqlite3"
    with closing(
        sqlite3.connect(database, isolation_level=None)
    ) as server:  # a server that runs, with its newest in the WAL
        server.execute("PRAGMA journal_mode = WAL")
        server.execute("PRAGMA wal_autocheckpoint = 0")
        server.execute("UPDATE accounts_person SET full_name = 'Kept in the WAL alone' WHERE id = 1")
        assert Path(f"{database}-wal").stat().st_size > 0
        archive = site.backup()
        expected, files = rows(database), site.files()
        assert sum(expected.values()) > 500
        # After the backup: a row that must be gone again, in a WAL that a killed server leaves behind.
        server.execute("UPDATE accounts_person SET full_name = 'Undone by the disaster' WHERE id = 1")
        left = Path(f"{database}-wal").read_bytes()
    Path(f"{database}-wal").write_bytes(left)
    whole = database.read_bytes()
    database.write_bytes(whole[:8192] + DAMAGE + whole[12288 : len(whole) // 2])
    shutil.rmtree(site.folder / "media" / "cases" / "1")
    (site.folder / "media" / "cases" / "2" / "ñandú.dcm").write_bytes(b"encrypted by somebody")

    done = site.manage("restore", str(archive))

    assert done.returncode == 0, done.stderr
    assert rows(database) == expected
    assert site.files() == files
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT full_name FROM accounts_person WHERE id = 1").fetchone() == (
            "Kept in the WAL alone",
        )
    (aside,) = site.folder.glob("before-restore-*")
    assert {path.name for path in aside.iterdir()} >= {"site.sqlite3", "site.sqlite3-wal"}
    modes = {path.stat().st_mode & 0o777 for path in (database, archive)}
    assert modes == {0o600}
    assert list(site.folder.glob(".restoring*")) == list((site.folder / "media").glob(".restoring*")) == []


def test_restored_where_nothing_was(site: Site) -> None:
    """Another machine: the code, the settings and the archive."""
    archive = site.backup()
    expected, files = rows(site.folder / "site.sqlite3"), site.files()
    for path in site.folder.glob("site.sqlite3*"):
        path.unlink()
    shutil.rmtree(site.folder / "media")
    done = site.manage("restore", str(archive))
    assert done.returncode == 0, done.stderr
    assert (rows(site.folder / "site.sqlite3"), site.files()) == (expected, files)


def test_a_broken_archive_is_refused_before_anything_is_touched(site: Site) -> None:
    archive = site.backup()
    whole = archive.read_bytes()
    before = ((site.folder / "site.sqlite3").read_bytes(), site.files())
    for broken in (b"", whole[: len(whole) // 2], whole[:70_000] + DAMAGE + whole[74_096:]):
        archive.write_bytes(broken)
        done = site.manage("restore", str(archive))
        assert done.returncode == 1
        assert "Nothing was changed" in done.stderr
        assert "Traceback" not in done.stderr
        assert ((site.folder / "site.sqlite3").read_bytes(), site.files()) == before


def test_a_backup_of_another_kind_of_database_is_refused(site: Site) -> None:
    archive = site.backup()
    whole = archive.read_bytes()
    assert whole.count(b'"kind": "sqlite"') == 1
    archive.write_bytes(whole.replace(b'"kind": "sqlite"', b'"kind": "oracle"'))  # and its seal does not fit
    assert site.manage("restore", str(archive)).returncode == 1


@pytest.fixture
def runner(site: Site) -> Iterator[None]:
    """A process that has the database open, as every server and worker says it has."""
    lock = os.open(site.folder / "site.sqlite3.in-use", os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(lock, fcntl.LOCK_SH)
    yield
    os.close(lock)


def test_nothing_is_restored_below_a_running_server(site: Site, runner: None) -> None:
    archive = site.backup()
    before = (site.folder / "site.sqlite3").read_bytes()
    done = site.manage("restore", str(archive))
    assert done.returncode == 1
    assert "Stop the servers and the worker first" in done.stderr
    assert (site.folder / "site.sqlite3").read_bytes() == before


def test_nobody_starts_while_a_restore_works(site: Site) -> None:
    lock = os.open(site.folder / "site.sqlite3.in-use", os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    done = site.manage("work_queue")
    os.close(lock)
    assert done.returncode == 1
    assert "being restored" in done.stderr


def test_a_backup_never_writes_over_another_file(site: Site) -> None:
    archive = site.backup()
    before = archive.read_bytes()
    assert site.manage("backup", str(archive)).returncode == 1
    assert archive.read_bytes() == before


def test_what_we_write_is_for_us_alone(site: Site) -> None:
    """Database, its tail, mails and backups, whatever the shell's mask was and whatever was there before."""
    database = site.folder / "site.sqlite3"
    database.chmod(0o644)
    mask = os.umask(0o000)
    try:
        assert site.manage("migrate", "--verbosity", "0").returncode == 0
        assert site.manage("sendtestemail", "somebody@example.org").returncode == 0
        site.backup()
    finally:
        os.umask(mask)
    (mail,) = (site.folder / "mail").iterdir()
    files = [*site.folder.glob("site.sqlite3*"), mail, *(site.folder / "backups").iterdir()]
    assert {str(path): path.stat().st_mode & 0o777 for path in files} == {str(path): 0o600 for path in files}
    folders = (site.folder / "mail", site.folder / "backups")
    assert [path.stat().st_mode & 0o777 for path in folders] == [0o700, 0o700]


def test_without_a_database_there_is_no_backup(site: Site) -> None:
    (site.folder / "site.sqlite3").unlink()
    done = site.manage("backup", str(site.folder / "backup.tar"))
    assert (done.returncode, (site.folder / "backup.tar").exists()) == (1, False)
    assert "Traceback" not in done.stderr


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[Site]:
    with own_database(os.environ["TEST_DATABASE_URL"]) as url:
        fill_files(tmp_path)
        site = Site(tmp_path, url)
        for words in (["migrate", "--noinput"], ["load_demo"]):
            assert site.manage(*words, "--verbosity", "0").returncode == 0
        yield site


def rows_there(url: str) -> dict[str, int]:
    with psycopg.connect(url) as connection:
        names = [n for (n,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        counted = {n: connection.execute(f'SELECT count(*) FROM public."{n}"').fetchone() for n in names}  # type: ignore[call-overload]
        return {name: count[0] for name, count in counted.items() if count}


@pytest.mark.services
def test_backup_disaster_restore_on_postgresql(postgres: Site) -> None:
    archive = postgres.backup()
    expected, files = rows_there(postgres.database), postgres.files()
    assert sum(expected.values()) > 500
    with psycopg.connect(postgres.database, autocommit=True) as connection:
        connection.execute("DROP TABLE accounts_person CASCADE")
        connection.execute("CREATE TABLE left_over (id int)")
        shutil.rmtree(postgres.folder / "media" / "cases")
        refused = postgres.manage("restore", str(archive))  # this connection is somebody who is still there
        assert (refused.returncode, "Stop the servers" in refused.stderr) == (1, True)
    done = postgres.manage("restore", str(archive))
    assert done.returncode == 0, done.stderr
    assert rows_there(postgres.database) == expected
    assert postgres.files() == files
    with psycopg.connect(postgres.database) as connection:
        aside = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before_restore%'").fetchall()
        assert len(aside) == 1
    again = postgres.manage("backup", str(postgres.folder / "again.tar"))
    assert again.returncode == 0, again.stderr  # and what was moved aside is no part of it


@pytest.mark.services
def test_a_restore_that_fails_on_postgresql_changes_nothing(postgres: Site) -> None:
    archive = postgres.backup()
    before, files = rows_there(postgres.database), postgres.files()
    role = f"limited_{os.getpid()}"
    with psycopg.connect(postgres.database, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN")  # type: ignore[arg-type]
    try:
        limited = Site(postgres.folder, postgres.database.replace("//root@", f"//{role}@"))
        done = limited.manage("restore", str(archive))
    finally:
        with psycopg.connect(postgres.database, autocommit=True) as connection:
            connection.execute(f"DROP ROLE {role}")  # type: ignore[arg-type]
    assert done.returncode == 1
    assert (rows_there(postgres.database), postgres.files()) == (before, files)
