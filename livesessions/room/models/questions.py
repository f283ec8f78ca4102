"""Questions from the room, their votes and their fate."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from livesessions.room.models.rooms import Room
from livesessions.room.rules import questions as rules
from shared.ids import public_id


class QuestionStatus(models.TextChoices):
    PENDING = rules.QuestionStatus.PENDING, _("waiting for the moderator")
    APPROVED = rules.QuestionStatus.APPROVED, _("in the queue")
    TAKEN = rules.QuestionStatus.TAKEN, _("being answered now")
    ANSWERED = rules.QuestionStatus.ANSWERED, _("answered")
    DISMISSED = rules.QuestionStatus.DISMISSED, _("not taken")
    MERGED = rules.QuestionStatus.MERGED, _("joined with another")
    WITHDRAWN = rules.QuestionStatus.WITHDRAWN, _("withdrawn")


class AnswerMode(models.TextChoices):
    ALOUD = "aloud", _("aloud")
    TEXT = "text", _("in writing")


class Question(models.Model):
    """`asker_card` is the asker as the room sees them (id, name, role, channel, region), as they were when asking, and
    `answer_by` the one who answered (id, name, role). `approved_seq` is the number of the entry that approved it: the
    room lists questions in that order. `merged_into` never points at a question that is itself merged.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id)
    room = models.ForeignKey(Room, models.CASCADE, related_name="questions")
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asker_card = models.JSONField()
    text = models.TextField()
    status = models.CharField(max_length=10, choices=QuestionStatus, default=QuestionStatus.PENDING)
    is_pinned = models.BooleanField(default=False)
    assigned_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    answer_mode = models.CharField(max_length=6, choices=AnswerMode, blank=True)
    answer_text = models.TextField(blank=True)
    answer_by = models.JSONField(null=True, blank=True)
    dismissed_reason = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_seq = models.PositiveBigIntegerField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["room"], condition=models.Q(status="taken"), name="question_one_taken")
        ]
        indexes = [models.Index(fields=["room", "status"], name="question_by_status")]

    def __str__(self) -> str:
        return self.text[:60]


class QuestionVote(models.Model):
    question = models.ForeignKey(Question, models.CASCADE, related_name="votes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "person"], name="question_vote_once")]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.question_id}"
