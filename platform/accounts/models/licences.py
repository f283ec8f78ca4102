"""A licence to practise: 1:n per person, by country, kind and jurisdiction."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from web.model_fields import Line


class LicenceStatus(models.TextChoices):
    DECLARED = "declared", _("declared by the person")
    VERIFIED = "verified", _("verified")
    REJECTED = "rejected", _("not confirmed")


class Licence(models.Model):
    """Peru: kind CMP or RNE. Argentina: kind matrícula, several per person, `jurisdiction` a province or the nation.

    A declared licence gives no right whatever; it is shown to coordinators, who may verify it.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="licences")
    country = models.CharField(_("country"), max_length=2)
    kind = Line(_("kind"), max_length=30)
    number = Line(_("number"), max_length=30)
    jurisdiction = Line(_("jurisdiction"), max_length=60, blank=True)
    profession = models.CharField(_("profession"), max_length=20, blank=True)
    specialty = Line(_("specialty"), max_length=80, blank=True)
    status = models.CharField(max_length=10, choices=LicenceStatus, default=LicenceStatus.DECLARED)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="verified_licences"
    )
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("licence")
        constraints = [
            models.UniqueConstraint(fields=["person", "country", "kind", "number", "jurisdiction"], name="licence_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
