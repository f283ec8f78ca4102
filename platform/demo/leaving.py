"""Leaving the demonstration: its rows, files and mails go, and the settings stop asking for it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.files.storage import Storage, default_storage
from django.core.management import call_command
from django.db import connection
from django.db.models import Q

from accounts.models import Person

_SWITCHES: Final = ("ANFITEATRO_DEMO", "ANFITEATRO_REHEARSAL")


@dataclass(frozen=True, slots=True)
class Found:
    """`people` are all who have an account, `real` those whose address is not invented."""

    people: int
    real: int


def look() -> Found:
    """Invented addresses end in `.example`: no mail ever reaches them."""
    invented = Q(email__endswith=".example")
    real = Person.objects.exclude(invented).count() + EmailAddress.objects.exclude(invented).count()
    return Found(Person.objects.count(), real)


def empty() -> None:
    """Every row, every file of the storage, every mail kept for the browser. Nobody may use the database meanwhile."""
    if connection.vendor == "sqlite":
        _forget_file(Path(connection.settings_dict["NAME"]))
    else:
        _drop_tables()
    call_command("migrate", interactive=False, verbosity=0)
    _delete_below(default_storage, "")
    for mail in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        mail.unlink()


def switch_off(env: Path) -> list[str]:
    """Set both switches to 0 in this file; the names of those it does not hold."""
    text = env.read_text() if env.exists() else ""
    missing = []
    for name in _SWITCHES:
        text, count = re.subn(rf"^(\s*(?:export\s+)?{name}\s*=).*$", r"\g<1>0", text, flags=re.MULTILINE)
        if not count:
            missing.append(name)
    if len(missing) < len(_SWITCHES):
        fresh = env.with_name(f"{env.name}.new")
        fresh.touch(mode=0o600)
        fresh.write_text(text)
        fresh.replace(env)
    return missing


def _forget_file(database: Path) -> None:
    connection.close()
    for ending in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + ending).unlink(missing_ok=True)


def _drop_tables() -> None:
    """All of the schema, those without a model too."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        if names:
            quoted = ", ".join(connection.ops.quote_name(name) for name in names)
            cursor.execute(f"DROP TABLE {quoted} CASCADE")


def _delete_below(storage: Storage, folder: str) -> None:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        storage.delete(f"{folder}{name}")
    for name in folders:
        _delete_below(storage, f"{folder}{name}/")
