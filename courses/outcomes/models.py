"""What became of the patient: follow-ups at set distances, and complications by scheme and grade."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.cases.models.cases import Case
from courses.outcomes.rules import outcomes as rules
from courses.programme.models.missions import Mission
from web.model_fields import Line, Paragraphs


class Milestone(models.TextChoices):
    """The EAU asks for 90 days and a year; missions come back after seven months."""

    DAYS_30 = "d30", _("30 days")
    DAYS_90 = "d90", _("90 days")
    MONTHS_7 = "m7", _("7 months")
    MONTHS_12 = "m12", _("12 months")


class Condition(models.TextChoices):
    RECOVERED = rules.Condition.RECOVERED, _("Recovered")
    IMPROVED = rules.Condition.IMPROVED, _("Improved")
    UNCHANGED = rules.Condition.UNCHANGED, _("Unchanged")
    WORSE = rules.Condition.WORSE, _("Worse")
    DIED = rules.Condition.DIED, _("Died")
    LOST = rules.Condition.LOST, _("Not seen again")


class NextStep(models.TextChoices):
    NONE = rules.NextStep.NONE, _("Nothing more planned")
    SEE_AGAIN = rules.NextStep.SEE_AGAIN, _("See again in the next mission")
    OPERATE = rules.NextStep.OPERATE, _("Operate in the next mission")


class FollowUp(models.Model):
    """`due_on` is fixed when the case is answered or operated on. One per case and milestone. `reminded_at` is when its
    author was told that it is due, `escalated_at` when the coordinators were told that it is late.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="follow_ups")
    milestone = models.CharField(max_length=4, choices=Milestone)
    due_on = models.DateField()
    condition = models.CharField(_("the patient is"), max_length=10, choices=Condition, blank=True)
    seen_on = models.DateField(_("seen on"), null=True, blank=True)
    note = Paragraphs(_("note"), blank=True)
    next_step = models.CharField(_("next step"), max_length=10, choices=NextStep, blank=True)
    next_mission = models.ForeignKey(
        Mission, models.PROTECT, null=True, blank=True, related_name="expected", verbose_name=_("mission")
    )
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="outcomes_recorded"
    )
    reminded_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "milestone"], name="follow_up_once")]
        indexes = [models.Index(fields=["recorded_at", "due_on"], name="follow_up_due")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.milestone}"


class Scheme(models.TextChoices):
    CLAVIEN_DINDO = "clavien_dindo", "Clavien-Dindo"
    CLAVIEN_MADADI = "clavien_madadi", "Clavien-Madadi"


class Complication(models.Model):
    """`grade` is one of the scheme's own, as in `courses.outcomes.rules.complications`."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="complications")
    scheme = models.CharField(_("scheme"), max_length=16, choices=Scheme)
    grade = models.CharField(_("grade"), max_length=6)
    text = Line(_("what happened"), max_length=300, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.scheme} {self.grade}"


class OutcomeChange(models.Model):
    """What a follow-up said before it was corrected: the audit of an overwritten answer. `before` has the recorded
    fields, the complications and who had recorded them when, as plain values.
    """

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="outcomes_corrected")
    before = models.JSONField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.follow_up_id} at {self.at}"


class CaseEnding(models.Model):
    """A case was closed, or reopened. `reason` is empty where the last outcome or a death closed it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="endings")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="cases_ended")
    is_reopening = models.BooleanField(default=False)
    reason = Line(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {'reopened' if self.is_reopening else 'closed'}"
