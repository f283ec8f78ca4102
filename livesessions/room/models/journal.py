"""The ordered journal of a room, and the receipts that make every command happen once."""

from django.conf import settings
from django.db import models

from livesessions.room.models.rooms import Room


class Stream(models.TextChoices):
    ROOM = "room"
    DESK = "desk"


class JournalEntry(models.Model):
    """`wire` is the entry as every client receives it: one JSON object, encoded once, when it was written."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="entries")
    stream = models.CharField(max_length=4, choices=Stream)
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=24)
    at = models.DateTimeField()
    wire = models.TextField()

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["room", "stream", "seq"], name="journal_seq_once")]

    def __str__(self) -> str:
        return f"{self.stream} {self.seq} {self.kind}"


class Receipt(models.Model):
    """The first answer to a command, kept for ever under its cid. `digest` is of the payload: the same cid with
    another payload is a conflict.
    """

    room = models.ForeignKey(Room, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    cid = models.UUIDField()
    digest = models.CharField(max_length=32)
    answer = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "person", "cid"], name="receipt_once")]

    def __str__(self) -> str:
        return str(self.cid)
