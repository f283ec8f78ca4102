"""What a patient, or who speaks for them, agreed to. The identity stays out: no name, no number, no signature."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.cases.rules import terms
from courses.programme.models.sessions import SpokenLanguage
from shared.clock import now
from shared.ids import public_id


class ConsentScope(models.TextChoices):
    """What the pictures and the story may be used for."""

    CASE_REVIEW = "case_review", _("Advice from mentors")
    STILLS = "stills", _("Photos and scans")
    RECORDING = "recording", _("Videos")
    TEACHING_REUSE = "teaching_reuse", _("Teaching in a course")
    OR_ROOM = "or_room", _("People in the operating room")
    AUDITORIUM = "auditorium", _("The auditorium")
    INTERNET_LIVE = "internet_live", _("Live on the internet")


class ConsentRelation(models.TextChoices):
    """Who agreed."""

    PATIENT = terms.ConsentRelation.PATIENT, _("The patient")
    MOTHER = terms.ConsentRelation.MOTHER, _("The mother")
    FATHER = terms.ConsentRelation.FATHER, _("The father")
    GUARDIAN = terms.ConsentRelation.GUARDIAN, _("Another guardian")


class Consent(models.Model):
    """`scopes` is a list of `ConsentScope` values; `document_hash` the SHA-256 of the signed sheet, which stays at the
    hospital; `assent` the child's own yes, None where not asked for. A revoked consent is kept, for the audit.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="consents_taken")
    taken_on = models.DateField(_("taken on"))
    language = models.CharField(_("language spoken"), max_length=5, choices=SpokenLanguage)
    had_interpreter = models.BooleanField(_("with an interpreter"), default=False)
    relation = models.CharField(_("who agreed"), max_length=10, choices=ConsentRelation)
    assent = models.BooleanField(_("the child agreed too"), null=True, blank=True)
    scopes = models.JSONField(_("agreed to"), default=list)
    audience_estimate = models.PositiveIntegerField(_("people told of as audience"), null=True, blank=True)
    document_hash = models.CharField(max_length=64, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    created_at = models.DateTimeField(default=now, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="consents_revoked"
    )

    class Meta:
        verbose_name = _("consent")

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None
