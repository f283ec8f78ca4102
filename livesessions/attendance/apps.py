"""App configuration."""

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "livesessions.attendance"

    def ready(self) -> None:
        from livesessions.attendance.messages import SENTENCES
        from web.refusals import register

        register(SENTENCES)
