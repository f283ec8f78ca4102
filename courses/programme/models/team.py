"""Who works at a session, and as what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.programme.models.sessions import Session


class TeamRole(models.TextChoices):
    SURGEON = "surgeon", _("Operating surgeon")
    MENTOR = "mentor", _("Mentor")
    MODERATOR = "moderator", _("Moderator")
    ADVOCATE = "advocate", _("Patient's advocate")


MENTOR_ROLES = (TeamRole.MENTOR, TeamRole.SURGEON)  # who teaches, and may be asked about a case


class TeamMember(models.Model):
    """One person, one role per session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="team")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="team_roles")
    role = models.CharField(_("role"), max_length=12, choices=TeamRole)

    class Meta:
        verbose_name = _("team member")
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="team_person_once")]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"
