"""`manage.py rotate_epochs`: after a restore, tells every client that the journals are not those it knew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from livesessions.room.models import Room
from shared.ids import public_id


class Command(BaseCommand):
    help = (
        "Give every room a new epoch. Run once after restoring a backup, before the servers start: numbers handed out "
        "after the backup was taken will be given again, so clients must not take up where they left off. They take a "
        "snapshot and keep what they have not sent."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            rooms = list(Room.objects.only("pk"))
            for room in rooms:
                room.epoch = public_id()
            Room.objects.bulk_update(rooms, ["epoch"], batch_size=500)
        self.stdout.write(f"{len(rooms)} rooms have a new epoch.")
