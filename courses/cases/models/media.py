"""Media of a case: what was kept of an upload, its renditions, and every look at them."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.cases.models.cases import Case
from shared.clock import now
from shared.ids import public_id
from web.model_fields import Line


class MediaKind(models.TextChoices):
    PHOTO = "photo", _("Photo")
    DOCUMENT = "document", _("Document")
    VIDEO = "video", _("Video")
    DICOM = "dicom", _("Scan (DICOM)")


class MediaState(models.TextChoices):
    PROCESSING = "processing", _("being cleaned")
    READY = "ready", _("ready")
    REFUSED = "refused", _("refused")
    REMOVED = "removed", _("removed")


def secret_folder() -> str:
    """Where a medium's files lie in the storage: 192 bits that nobody guesses."""
    return secrets.token_hex(24)


class MediaFile(models.Model):
    """`kind` is what the content is, whatever its name said; empty until it was looked at. `removed` lists what was
    taken out, by label, never its content; `findings` are kinds of identifiers seen in a document's text. `refusal` is
    an error code. The author ticks `checked_at` after looking for burned-in names, the releaser `released_at`.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="media")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="media_uploaded")
    kind = models.CharField(max_length=10, choices=MediaKind, blank=True)
    state = models.CharField(max_length=10, choices=MediaState, default=MediaState.PROCESSING)
    refusal = models.CharField(max_length=40, blank=True)
    folder = models.CharField(max_length=48, unique=True, default=secret_folder, editable=False)
    caption = Line(_("caption"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    removed = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    burned_in = models.CharField(max_length=8, default="unknown")  # yes, no, unknown: writing in the picture itself
    width = models.PositiveIntegerField(null=True, blank=True)  # pixels
    height = models.PositiveIntegerField(null=True, blank=True)
    frames = models.PositiveIntegerField(default=1)  # pages of a document, frames of a scan
    seconds = models.FloatField(null=True, blank=True)
    windows = models.JSONField(default=dict)  # what the DICOM viewer needs: modality, default window, presets
    created_at = models.DateTimeField(default=now, editable=False)
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    released_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("medium")
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["case", "state"], name="medium_by_case")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.public_id}"


class Rendition(models.Model):
    """One stored file of a medium. `name` as the cleaning gave it (`thumb.jpg`, `small.jpg`, `large.jpg`, `low.mp4`,
    `image.dcm`, `page-01.jpg` …); `storage_key` is its unguessable place in the storage; `size` in bytes.
    """

    medium = models.ForeignKey(MediaFile, models.CASCADE, related_name="renditions")
    name = models.CharField(max_length=40)
    storage_key = models.CharField(max_length=200, unique=True)
    media_type = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["medium", "name"], name="rendition_once")]

    def __str__(self) -> str:
        return f"{self.medium_id}/{self.name}"


class MediaAccess(models.Model):
    """Somebody was sent this rendition. Rows are added, never changed."""

    medium = models.ForeignKey(MediaFile, models.PROTECT, related_name="views")
    name = models.CharField(max_length=40)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="media_views")
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["medium", "at"], name="view_by_medium")]

    def __str__(self) -> str:
        return f"{self.person_id} saw {self.medium_id}/{self.name}"
