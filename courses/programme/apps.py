"""App configuration."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "courses.programme"

    def ready(self) -> None:
        from courses.programme.messages import SENTENCES
        from web.refusals import register

        register(SENTENCES)
