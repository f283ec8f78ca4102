"""A course: sessions that belong together, usually under one mission."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from courses.programme.models.missions import Mission
from shared import plain_text
from shared.clock import now
from web.model_fields import Derived, Deriving, Line, Paragraphs


class Course(Deriving):
    """`organisation` is the mission's, where there is a mission; actions keep them together."""

    slug = models.SlugField(max_length=60, unique=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="courses", verbose_name=_("organisation")
    )
    mission = models.ForeignKey(
        Mission, models.PROTECT, null=True, blank=True, related_name="courses", verbose_name=_("mission")
    )
    title = Line(_("title"), max_length=120)
    sort_key = Derived(max_length=480, of=("title",), key=plain_text.sort_key)
    summary = Paragraphs(_("summary"), blank=True)
    is_published = models.BooleanField(_("published"), default=False)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("course")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.title
