"""App configuration."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "courses.media"

    def ready(self) -> None:
        from courses.media import jobs
        from courses.media import sections as media
        from courses.media.messages import SENTENCES
        from files import storage
        from web import away, sections
        from web.away_texts import DISK, STORAGE
        from web.refusals import register

        register(SENTENCES)
        away.register(storage.StorageAway, STORAGE)
        away.register(storage.DiskFull, DISK)
        jobs.register()
        sections.register("case", "media", media.context)
