"""App configuration."""

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "livesessions.attendance"

    def ready(self) -> None:
        from courses.programme.events import SessionCancelled
        from livesessions.attendance import jobs
        from livesessions.attendance.actions import endings
        from livesessions.attendance.messages import SENTENCES
        from web.bus import listen
        from web.refusals import register

        register(SENTENCES)
        jobs.register()
        listen(SessionCancelled, endings.close_cancelled)
