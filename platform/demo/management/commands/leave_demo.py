"""`manage.py leave_demo`: from the demonstration to an empty house for real use."""

import os
import socket
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from demo import leaving
from shared import in_use

_WORDS = "empty it"
_BESIDE_MANAGE = Path(__file__).resolve().parents[4] / ".env"


class Command(BaseCommand):
    help = "Delete the demonstration and everything made in it, and switch it off in .env. Asks before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=settings.PORT, help="where the server would be running")
        parser.add_argument("--yes", action="store_true", help="do not ask; still refuses where real people are")
        parser.add_argument("--with-real-people", action="store_true", help="delete these as well")

    def handle(self, *, port: int, yes: bool, with_real_people: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is no demonstration (ANFITEATRO_DEMO is not 1): nothing was deleted.")
        if _answers(port):
            raise CommandError(f"Something listens on port {port}. Stop the server first: nothing was deleted.")
        try:
            found = leaving.look()
        except DatabaseError:
            found = leaving.Found(0, 0)  # never migrated
        if found.real and not with_real_people:
            raise CommandError(
                f"{found.real} addresses here are not invented. Keep a copy of the database and give "
                "--with-real-people if they shall go too: nothing was deleted."
            )
        if not yes:
            self.stdout.write(f"This deletes every row, file and mail of the demonstration: {found.people} people.")
            if input(f"Type “{_WORDS}” to go on: ").strip() != _WORDS:
                raise CommandError("Nothing was deleted.")
        try:
            with in_use.alone(str(connection.settings_dict["NAME"])):
                leaving.empty()
        except in_use.InUse as error:
            raise CommandError("A server or a worker is running. Stop it first: nothing was deleted.") from error
        env = Path(os.environ.get("ANFITEATRO_ENV_FILE") or _BESIDE_MANAGE)
        for name in leaving.switch_off(env):
            self.stdout.write(f"{name} does not stand in {env}: set it to 0 where you set it.")
        self.stdout.write("The house is empty. Its next start prints the link for its first coordinator.")


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex(("127.0.0.1", port)) == 0
