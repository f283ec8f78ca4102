"""App configuration."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "courses.programme"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from courses.programme import jobs
        from courses.programme.messages import SENTENCES
        from courses.programme.receivers import keep_answer, take_passes
        from web.refusals import register

        user_logged_in.connect(take_passes, dispatch_uid="programme.take_passes")
        user_logged_in.connect(keep_answer, dispatch_uid="programme.keep_answer")
        register(SENTENCES)
        jobs.register()
