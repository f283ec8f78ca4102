"""A record of the trauma registry: an injured patient without identity, in 26 fields."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.cases.models.cases import Case
from courses.programme.models.courses import Course
from shared import ids


class TraumaRecord(models.Model):
    """`answers` holds the columns of `courses.trauma.rules.fields` by name, each as its code, "UNK" where it is known
    that nobody knows, absent where nobody answered. `course` is that of the facility.

    There is no instant in it: a record is often written at the bedside, so the moment of writing would be the date of
    the injury that the answers leave out. `key` is made by the author's device, so that a record sent twice is one.
    """

    public_id = models.CharField(max_length=16, unique=True, default=ids.public_id, editable=False)
    code = models.CharField(_("code"), max_length=8, unique=True, default=ids.spoken_code, editable=False)
    key = models.UUIDField(default=uuid4, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="trauma_records")
    course = models.ForeignKey(Course, models.PROTECT, null=True, blank=True, related_name="trauma_records")
    case = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="trauma_record")
    answers = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("trauma record")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["author", "key"], name="trauma_record_once")]

    def __str__(self) -> str:
        return self.code
