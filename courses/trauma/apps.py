"""App configuration."""

from django.apps import AppConfig


class TraumaConfig(AppConfig):
    name = "courses.trauma"

    def ready(self) -> None:
        from courses.trauma.messages import SENTENCES
        from web.refusals import register

        register(SENTENCES)
