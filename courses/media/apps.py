"""App configuration."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "courses.media"

    def ready(self) -> None:
        from courses.media import jobs
        from courses.media import sections as media
        from courses.media.messages import SENTENCES
        from web import sections
        from web.refusals import register

        register(SENTENCES)
        jobs.register()
        sections.register("case", "media", media.context)
