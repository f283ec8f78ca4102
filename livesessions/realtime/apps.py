"""App configuration."""

from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    name = "livesessions.realtime"

    def ready(self) -> None:
        from livesessions.realtime import bridge, ringing
        from web import readiness

        bridge.register()
        readiness.register("layer", ringing.report)
