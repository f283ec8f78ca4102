"""Chat messages. The text stays here for the audit when a message is hidden; the journal's copy is emptied."""

from django.conf import settings
from django.db import models

from livesessions.room.models.rooms import Room
from shared.ids import public_id


class ChatMessage(models.Model):
    public_id = models.CharField(max_length=16, unique=True, default=public_id)
    room = models.ForeignKey(Room, models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField()
    seq = models.PositiveBigIntegerField()
    posted_at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    hidden_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "seq"], name="chat_seq_once")]

    def __str__(self) -> str:
        return self.text[:60]
