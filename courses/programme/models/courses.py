"""A course: sessions that belong together, usually under one mission."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.programme.models.missions import Mission
from shared.clock import now


class Course(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    mission = models.ForeignKey(
        Mission, models.PROTECT, null=True, blank=True, related_name="courses", verbose_name=_("mission")
    )
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("summary"), blank=True)
    is_published = models.BooleanField(_("published"), default=False)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("course")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title
