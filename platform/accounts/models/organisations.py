"""Organisations, and what people are in them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.rules import roles
from shared import plain_text
from shared.clock import now
from web.model_fields import Derived, Deriving, Line


class Organisation(Deriving):
    """Who runs missions: an NGO, a hospital, a society. Site administrators make them."""

    slug = models.SlugField(max_length=60, unique=True)
    name = Line(_("name"), max_length=120, unique=True)
    sort_key = Derived(max_length=480, of=("name",), key=plain_text.sort_key)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    COORDINATOR = roles.Role.COORDINATOR, _("Coordinator")
    VERIFIER = roles.Role.VERIFIER, _("Verifier of licences")
    MENTOR = roles.Role.MENTOR, _("Mentor")
    TRAINEE = roles.Role.TRAINEE, _("Trainee")


class Membership(models.Model):
    """One role of one person in one organisation, and who gave it. A person may have several, in several."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="given_memberships"
    )
    given_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("role in an organisation")
        verbose_name_plural = _("roles in organisations")
        constraints = [models.UniqueConstraint(fields=["organisation", "person", "role"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"
