"""A database from before the rooms is refused with what to do, not filled with a second set of tables."""

from typing import Any

from django.core.management import CommandError
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

ADVICE = (
    "This database was made before the apps became rooms, and no data is carried over before the first release: "
    "delete it (`rm var/anfiteatro.sqlite3*`, or `dropdb`) or name another in DATABASE_URL, and run this again."
)


def refuse(using: str, **kwargs: Any) -> None:
    """Before tables are made. Raises CommandError where the flat app `courses` has left its migrations."""
    recorder = MigrationRecorder(connections[using])
    if recorder.has_table() and recorder.migration_qs.filter(app="courses").exists():
        raise CommandError(ADVICE)
