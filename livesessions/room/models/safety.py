"""The safety record of a room: stops, holds and their end, with reasons; and what was added to it afterwards."""

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
    """Rows are added, never changed. `role` is what the person was in the room at that moment."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="safety_events")
    kind = models.CharField(max_length=6, choices=SafetyKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, editable=False)
    at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"


class SafetyNote(models.Model):
    """A reason written when there was time for it. Rows are added, never changed."""

    event = models.ForeignKey(SafetyEvent, models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.CharField(max_length=1000)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.event_id} {self.at}"
