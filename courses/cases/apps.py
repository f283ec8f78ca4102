"""App configuration."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "courses.cases"

    def ready(self) -> None:
        from courses.cases import jobs
        from courses.cases.messages import SENTENCES
        from courses.cases.sections import reviews, teaching
        from web import sections
        from web.refusals import register

        register(SENTENCES)
        jobs.register()
        sections.register("case", "reviews", reviews.context)
        sections.register("course", "teaching", teaching.context)
