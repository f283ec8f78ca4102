"""The ways of taking part in a session, each with its own capacity."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Participation(models.TextChoices):
    OR = "or", _("Operating room")
    AUDITORIUM = "auditorium", _("Auditorium")
    REMOTE = "remote", _("Remote")
