"""A database from before the rooms is told from one of today's."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def test_a_database_of_today_is_migrated(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("migrate")
    assert "No migrations to apply" in capsys.readouterr().out


def test_an_old_one_is_refused_with_what_to_do() -> None:
    MigrationRecorder(connection).record_applied("courses", "0001_initial")
    with pytest.raises(CommandError, match=r"rm var/anfiteatro\.sqlite3\*.*run this again"):
        call_command("migrate", verbosity=0)
