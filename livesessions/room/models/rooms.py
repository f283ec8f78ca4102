"""The live room of a session: its stage, its counters, its live windows and its seats."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.programme.models import Session
from shared import ids


class Stage(models.TextChoices):
    SCHEDULED = "scheduled", _("Not open yet")
    OPEN = "open", _("Lobby open")
    LIVE = "live", _("Live")
    HOLD = "hold", _("On hold")
    ENDED = "ended", _("Over")


class Room(models.Model):
    """`room_seq` and `desk_seq` are the last numbers given in the two streams of the journal; `epoch` names the
    journal itself and changes when a backup is restored. `ended_at` is the end that counts, `closed_at` when it was
    written down; they differ where the room closed by itself. `reminded_at`: when staff were told of the planned end.
    """

    session = models.OneToOneField(Session, models.CASCADE, related_name="room")
    public_id = models.CharField(max_length=16, unique=True, editable=False)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.SCHEDULED)
    is_stopped = models.BooleanField(default=False)
    epoch = models.CharField(max_length=16, default=ids.public_id)
    room_seq = models.PositiveBigIntegerField(default=0)
    desk_seq = models.PositiveBigIntegerField(default=0)
    live_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    is_closed_by_itself = models.BooleanField(default=False)
    reminded_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.public_id

    def is_over(self, at: datetime) -> bool:
        """Closed, or of a session that is past by the one definition (`Session.phase`), whether or not it was ended."""
        return self.stage == Stage.ENDED or self.session.phase(at).is_past


class LiveWindow(models.Model):
    """A time in which the session was live (or on hold); attendance is cut by these. Open while `ended_at` is null."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="live_windows")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["room"], condition=models.Q(ended_at__isnull=True), name="live_window_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.started_at} – {self.ended_at or '…'}"


class DeviceSeat(models.Model):
    """The one device on which an attendee follows the room; the latest device to say hello has it."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    device = models.CharField(max_length=64)
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "person"], name="seat_once")]

    def __str__(self) -> str:
        return self.device
