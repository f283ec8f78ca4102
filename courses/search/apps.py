"""App configuration."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "courses.search"

    def ready(self) -> None:
        from courses.search import actions, jobs

        jobs.register()
        actions.follow()
