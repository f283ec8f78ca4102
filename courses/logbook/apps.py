"""App configuration."""

from django.apps import AppConfig


class LogbookConfig(AppConfig):
    name = "courses.logbook"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from courses.logbook.messages import SENTENCES
        from courses.logbook.receivers import load_catalogues
        from web.refusals import register

        register(SENTENCES)
        post_migrate.connect(load_catalogues, sender=self, dispatch_uid="logbook.load_catalogues")
