"""App configuration."""

from datetime import timedelta

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobs"

    def ready(self) -> None:
        from jobs import probes, schedule, unasked

        probes.register()
        schedule.register("mail.unasked", timedelta(hours=6), unasked.forget)
