"""`manage.py restore FILE`: a backup in the place of what is there, which is moved aside."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from files import storage
from files.backups.archive import Broken
from files.backups.putting_back import StillRunning, put_back


class Command(BaseCommand):
    help = (
        "Put the archive FILE of `manage.py backup` in the place of the database and the files. Refuses while anything "
        "runs, and an archive that is not whole, before it touches anything. What was there is moved aside. Makes the "
        "migrations that are due, and tells every client that numbers given after the backup are worth nothing."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            done = put_back(file.absolute(), at=timezone.now())
        except StillRunning as error:
            raise CommandError(f"Stop the servers and the worker first: {error}. Nothing was touched.") from error
        except Broken as error:
            raise CommandError(f"{file} was not restored: {error}. Nothing was changed.") from error
        except (OSError, storage.StorageAway, storage.DiskFull) as error:
            raise CommandError(f"{file} was not restored: {type(error).__name__} {error}.") from error
        made = done.manifest
        rows = sum(made.counts.values())
        self.stdout.write(f"Restored the backup of {made.made_at}: {rows} rows, counted, and {len(made.files)} files.")
        self.stdout.write(f"What was there before is in {done.aside}; delete it when all is well.")
        if done.has_other_key:
            self.stderr.write("SECRET_KEY is another one than then: links in mails and sign-ins from then are void.")
        if done.missing:
            raise CommandError(
                f"{len(done.missing)} of {len(made.listed)} files the backup lists are not in the bucket, "
                f"“{done.missing[0]}” among them: restore the bucket too."
            )
