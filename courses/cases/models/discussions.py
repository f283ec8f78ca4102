"""What people say about a case: clarifying questions, their answers, and the rest, in threads."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.cases.models.cases import Case
from shared.clock import now
from shared.ids import public_id
from web.model_fields import Paragraphs


class RemarkKind(models.TextChoices):
    CLARIFYING = "clarifying", _("Clarifying question")
    ANSWER = "answer", _("Answer")
    COMMENT = "comment", _("Comment")


class Remark(models.Model):
    """`key` is made by the device: the same remark sent twice is one. `parent` is the first remark of its thread."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="remarks")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="remarks")
    kind = models.CharField(max_length=10, choices=RemarkKind, default=RemarkKind.COMMENT)
    text = Paragraphs(_("text"))
    key = models.UUIDField(default=uuid4, editable=False)
    at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True, blank=True)  # of a clarifying question

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "author", "key"], name="remark_once")]

    def __str__(self) -> str:
        return self.text[:60]
