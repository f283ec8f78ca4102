"""An upload on its way: parts that arrived, until all are there and the file is cleaned."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.cases.models.cases import Case
from courses.cases.models.media import MediaFile
from shared.clock import now
from shared.ids import public_id


class UploadWay(models.TextChoices):
    SERVER = "server", _("through the server")
    DIRECT = "direct", _("straight to the storage")


class UploadState(models.TextChoices):
    OPEN = "open", _("open")
    COMPLETE = "complete", _("complete")
    DONE = "done", _("done")
    ABANDONED = "abandoned", _("abandoned")


class Upload(models.Model):
    """`key` is made by the device, once per file. The file's name is never sent: it may be the patient's. `size` and
    `part_bytes` in bytes. `storage_key` and `multipart_id` are used when parts go straight to S3.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="uploads")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="uploads")
    key = models.UUIDField(default=uuid4, editable=False)
    way = models.CharField(max_length=8, choices=UploadWay, default=UploadWay.SERVER)
    state = models.CharField(max_length=10, choices=UploadState, default=UploadState.OPEN)
    size = models.PositiveBigIntegerField()
    part_bytes = models.PositiveIntegerField()
    storage_key = models.CharField(max_length=200, blank=True)
    multipart_id = models.CharField(max_length=500, blank=True)
    medium = models.OneToOneField(MediaFile, models.PROTECT, null=True, blank=True, related_name="upload")
    created_at = models.DateTimeField(default=now, editable=False)
    completed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="upload_once"),
            models.CheckConstraint(condition=Q(size__gt=0) & Q(part_bytes__gt=0), name="upload_not_empty"),
        ]

    def __str__(self) -> str:
        return self.public_id


class UploadPart(models.Model):
    """A part that is stored at `storage_key`. `number` counts from 1; `digest` is the SHA-256 of its bytes."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="upload_part_once")]

    def __str__(self) -> str:
        return f"{self.upload_id}/{self.number}"
