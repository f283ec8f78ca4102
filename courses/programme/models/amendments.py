"""What was corrected in a registration: who, when, from what, to what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.programme.models.enrolments import Enrolment
from web.model_fields import Line


class Amended(models.TextChoices):
    NAME = "name", _("Name")
    ADDRESS = "address", _("E-mail")


class Amendment(models.Model):
    """Never changed, never removed while the registration stands."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="amendments")
    what = models.CharField(max_length=8, choices=Amended)
    before = Line(max_length=254)
    after = Line(max_length=254)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
