"""App configuration."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "files"

    def ready(self) -> None:
        from files import storage
        from web import away, readiness
        from web.away_texts import DISK, STORAGE

        away.register(storage.StorageAway, STORAGE)
        away.register(storage.DiskFull, DISK)
        readiness.register("storage", storage.ask)
