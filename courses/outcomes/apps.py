"""App configuration."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "courses.outcomes"

    def ready(self) -> None:
        from courses.outcomes import jobs
        from courses.outcomes.actions import reminders
        from courses.outcomes.messages import SENTENCES
        from courses.outcomes.sections import mission_figures, outcomes
        from web import sections
        from web.refusals import register

        register(SENTENCES)
        jobs.register()
        sections.register("case", "outcomes", outcomes.context)
        sections.register("mission", "figures", mission_figures.context_for)
        reminders.follow()
