"""App configuration."""

from django.apps import AppConfig, apps


class WebConfig(AppConfig):
    name = "web"

    def ready(self) -> None:
        from django.db.models.signals import pre_migrate

        from web import old_databases, probes

        probes.register()
        # Once a run, not once an app: Django sends it for those alone that have models.
        pre_migrate.connect(old_databases.refuse, sender=apps.get_app_config("auth"), dispatch_uid="web.old_databases")
