"""PostgreSQL in backups: its own programs, and one transaction that replaces all tables, or none."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

from files.backups.archive import Broken

KIND: Final = "postgresql"
_NAMES: Final = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
_NOBODYS: Final = ("--no-owner", "--no-privileges")  # whoever restores it owns it
_STRICT: Final = ("--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1", "--single-transaction")
_PROGRAMS: Final = "PostgreSQL's programs are missing (Debian: apt install postgresql-client)."


def version(settings: dict[str, Any]) -> str:
    """What runs there."""
    with _connected(settings) as connection:
        return f"PostgreSQL {connection.info.server_version // 10_000}.{connection.info.server_version % 10_000}"


def dump(settings: dict[str, Any], to: Path) -> dict[str, int]:
    """Write the tables as they are at one moment, in PostgreSQL's custom format; the rows of each. Raises Broken."""
    with _connected(settings) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        found = connection.execute("SELECT pg_export_snapshot()").fetchone()
        counts = {name: _count(connection, name) for name in _tables(connection)}
        snapshot = f"--snapshot={found[0] if found else ''}"
        _run(settings, "pg_dump", "--format=custom", "--schema=public", *_NOBODYS, snapshot, f"--file={to}")
        return counts


def others(settings: dict[str, Any]) -> int:
    """How many connections to the database are open."""
    asked = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND backend_type = 'client backend'"
    )
    with _connected(settings) as connection:
        found = connection.execute(asked).fetchone()
        return int(found[0]) if found else 0


def script(settings: dict[str, Any], dumped: Path, to: Path) -> None:
    """What makes the tables anew, as SQL; nothing is changed yet. Raises Broken."""
    whole = to.with_name("whole.sql")
    _run(settings, "pg_restore", *_NOBODYS, f"--file={whole}", str(dumped))
    is_head = True
    with whole.open("rb") as source, to.open("wb") as target:
        for line in source:
            is_head = is_head and not line.startswith(b"COPY ")
            # Some versions' dumps make the schema themselves, others suppose it.
            if not (is_head and line.strip() == b"CREATE SCHEMA public;"):
                target.write(line)
    whole.unlink()


def put_in_place(settings: dict[str, Any], made: Path, counts: dict[str, int], aside: str) -> None:
    """Rename the old tables' schema to `aside`, make the new ones, count them: all, or nothing. Raises Broken."""
    before = made.with_name("before.sql")
    after = made.with_name("after.sql")
    before.write_text(
        f"SET lock_timeout = '10s';\nCREATE SCHEMA IF NOT EXISTS public;\n"
        f"ALTER SCHEMA public RENAME TO {aside};\nCREATE SCHEMA public;\n"
    )
    after.write_text("".join(_checks(counts)))
    files = [f"--file={path}" for path in (before, made, after)]
    _run(settings, "psql", *_STRICT, *files)


def _checks(counts: dict[str, int]) -> list[str]:
    check = (
        "DO $check$ BEGIN IF (SELECT count(*) FROM public.{table}) <> {count} THEN "
        "RAISE EXCEPTION 'the table % has other rows than the backup says', {name}; END IF; END $check$;\n"
    )
    return [
        sql.SQL(check).format(table=sql.Identifier(name), name=sql.Literal(name), count=sql.Literal(count)).as_string()
        for name, count in counts.items()
    ]


def _tables(connection: "psycopg.Connection[Any]") -> list[str]:
    asked = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    return [name for (name,) in connection.execute(asked)]


def _count(connection: "psycopg.Connection[Any]", table: str) -> int:
    asked = sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(table))
    found = connection.execute(asked).fetchone()
    return int(found[0]) if found else 0


def _connected(settings: dict[str, Any]) -> "psycopg.Connection[Any]":
    given = {name: settings[key] for key, name in _NAMES.items() if settings.get(key)}
    try:
        return psycopg.connect(**given, connect_timeout=5)
    except psycopg.OperationalError as error:
        raise Broken(f"the database does not answer: {error}") from error


def _run(settings: dict[str, Any], program: str, *words: str) -> None:
    found = shutil.which(program)
    if not found:
        raise Broken(_PROGRAMS)
    # The password goes by the environment: who else is on the machine sees every command's words.
    given = {f"PG{'DATABASE' if key == 'NAME' else key}": str(settings[key]) for key in _NAMES if settings.get(key)}
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, with words of ours
        [found, *words], env=os.environ | given, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Broken(f"{program}: {done.stderr.strip()[-500:]}")
