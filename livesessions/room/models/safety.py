"""The safety record of a room: stops and their clearing, with reasons."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from livesessions.room.models.rooms import Room


class SafetyKind(models.TextChoices):
    STOP = "stop", _("stop")
    HOLD = "hold", _("hold")
    RESUME = "resume", _("resume")
    CLEAR = "clear", _("clear")


class SafetyEvent(models.Model):
    room = models.ForeignKey(Room, models.CASCADE, related_name="safety_events")
    kind = models.CharField(max_length=6, choices=SafetyKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    note_later = models.TextField(blank=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"
