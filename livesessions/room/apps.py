"""App configuration."""

from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "livesessions.room"

    def ready(self) -> None:
        from django.contrib.auth import get_user_model
        from django.contrib.sessions.models import Session as BrowserSession
        from django.db.models.signals import post_delete, post_save

        from livesessions.room import receivers
        from livesessions.room.messages import SENTENCES
        from web.refusals import register

        register(SENTENCES)
        post_save.connect(receivers.person_saved, sender=get_user_model(), dispatch_uid="room.person_saved")
        post_delete.connect(receivers.browser_deleted, sender=BrowserSession, dispatch_uid="room.browser_deleted")
