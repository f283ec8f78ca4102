"""Polls: a question with a few options, open until closed."""

from django.conf import settings
from django.db import models

from livesessions.room.models.rooms import Room
from shared.ids import public_id


class Poll(models.Model):
    """`options` is a list of texts; a vote names an index into it."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id)
    room = models.ForeignKey(Room, models.CASCADE, related_name="polls")
    text = models.TextField()
    options = models.JSONField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["opened_at", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class PollVote(models.Model):
    """One per person and poll; voting again changes it while the poll is open."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="votes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    option = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "person"], name="poll_vote_once")]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.option}"
