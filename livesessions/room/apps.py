"""App configuration."""

from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "livesessions.room"

    def ready(self) -> None:
        from django.contrib.auth import get_user_model
        from django.contrib.sessions.models import Session as BrowserSession
        from django.db.models.signals import post_delete, post_save

        from accounts.models import Membership
        from courses.programme.events import SessionMoved
        from livesessions.room import receivers
        from livesessions.room.actions import news
        from livesessions.room.messages import SENTENCES
        from livesessions.room.sections import plan
        from web import sections
        from web.bus import listen
        from web.refusals import register

        register(SENTENCES)
        post_save.connect(receivers.person_saved, sender=get_user_model(), dispatch_uid="room.person_saved")
        for signal in (post_save, post_delete):
            signal.connect(receivers.membership_changed, sender=Membership, dispatch_uid="room.membership_changed")
        post_delete.connect(receivers.browser_deleted, sender=BrowserSession, dispatch_uid="room.browser_deleted")
        sections.register("session_plan", "room", plan)
        listen(SessionMoved, news.moved)
