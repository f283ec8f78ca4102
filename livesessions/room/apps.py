"""App configuration."""

from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "livesessions.room"

    def ready(self) -> None:
        from livesessions.room.messages import SENTENCES
        from web.refusals import register

        register(SENTENCES)
