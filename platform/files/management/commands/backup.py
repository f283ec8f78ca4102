"""`manage.py backup DIR|FILE`: everything that is kept in one archive, while the site runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from files import storage
from files.backups.archive import Broken
from files.backups.taking import take


class Command(BaseCommand):
    help = (
        "Write the database and the files of the storage to an archive that only its owner may read: to FILE, or to a "
        "new file in the folder DIR. The settings (.env) are not in it: keep them elsewhere. On S3 the archive only "
        "lists the files, unless --with-files is given: the bucket has a backup of its own."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("where", metavar="DIR|FILE", type=Path)
        parser.add_argument("--with-files", action="store_true", help="on S3: put the files into the archive too")

    def handle(self, *args: Any, where: Path, with_files: bool, **options: Any) -> None:
        at = timezone.now()
        path = where.absolute()
        if path.is_dir() or not path.suffix:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            path /= f"anfiteatro-{at:%Y%m%d-%H%M%S}.tar"
        if path.exists():
            raise CommandError(f"{path} is there already, and was left alone.")
        if not path.parent.is_dir():
            raise CommandError(f"There is no folder {path.parent}.")
        try:
            made = take(path, at=at, with_files=with_files or not storage.on_s3())
        except Broken as error:
            raise CommandError(f"No backup was made: {error}") from error
        except (OSError, storage.StorageAway, storage.DiskFull) as error:
            raise CommandError(f"No backup was made: {type(error).__name__} {error}") from error
        rows = sum(made.counts.values())
        self.stdout.write(
            f"{path}: {rows} rows of {len(made.counts)} tables, {len(made.files)} files; read again, whole."
        )
        if made.listed:
            self.stdout.write(f"{len(made.listed)} files of the bucket are listed, not copied.")
        self.stdout.write("The settings (.env, with SECRET_KEY) are not in it: keep them in another safe place.")
