"""Mutes and bans: who, why, by whom, and when they were lifted."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from livesessions.room.models.rooms import Room


class RestrictionKind(models.TextChoices):
    MUTE = "mute", _("may not write")
    BAN = "ban", _("may not be here")


class Restriction(models.Model):
    """`card` is the person as the desk sees them (id, name, role, channel, region), as they were that moment."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="restrictions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    card = models.JSONField()
    kind = models.CharField(max_length=4, choices=RestrictionKind)
    reason = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["room", "person", "kind"],
                condition=models.Q(lifted_at__isnull=True),
                name="restriction_one_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"
