"""App configuration."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from courses import jobs
        from courses.actions import reminders, search
        from courses.messages import SENTENCES
        from courses.receivers import load_catalogues
        from web.messages import register

        register(SENTENCES)
        jobs.register()
        search.follow()
        reminders.follow()
        post_migrate.connect(load_catalogues, sender=self, dispatch_uid="courses.load_catalogues")
