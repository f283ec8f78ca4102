"""App configuration."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self) -> None:
        from courses import jobs
        from courses.messages import SENTENCES
        from web.messages import register

        register(SENTENCES)
        jobs.register()
