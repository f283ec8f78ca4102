"""App configuration."""

from django.apps import AppConfig


class LiveSessionsConfig(AppConfig):
    name = "livesessions"

    def ready(self) -> None:
        from livesessions.messages import SENTENCES
        from livesessions.realtime import bridge
        from web import messages

        messages.register(SENTENCES)
        bridge.register()
