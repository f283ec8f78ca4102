"""Marks on a picture: a layer of arrows, outlines and words, never burned in."""

from django.conf import settings
from django.db import models

from courses.cases.models.media import MediaFile
from shared.clock import now


class AnnotationLayer(models.Model):
    """One person's marks on one frame or page (from 1). `shapes` as in `courses.media.rules.annotations`; `revision`
    grows with every save, so that two windows of one person do not overwrite each other unseen.
    """

    medium = models.ForeignKey(MediaFile, models.CASCADE, related_name="layers")
    frame = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mark_layers")
    shapes = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["frame", "id"]
        constraints = [models.UniqueConstraint(fields=["medium", "frame", "author"], name="mark_layer_once")]

    def __str__(self) -> str:
        return f"{self.author_id} on {self.medium_id}/{self.frame}"
