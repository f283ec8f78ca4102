"""Raised hands: present while raised, gone when lowered."""

from django.conf import settings
from django.db import models

from livesessions.room.models.rooms import Room


class Hand(models.Model):
    room = models.ForeignKey(Room, models.CASCADE, related_name="hands")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    card = models.JSONField()  # the person as the desk sees them: id, name, role, channel, region
    raised_at = models.DateTimeField()

    class Meta:
        ordering = ["raised_at"]
        constraints = [models.UniqueConstraint(fields=["room", "person"], name="hand_once")]

    def __str__(self) -> str:
        return str(self.person_id)
