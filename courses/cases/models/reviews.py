"""A mentor's review of a case, and its recommendations."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.cases.models.cases import Case
from courses.cases.rules import terms
from shared.clock import now
from shared.ids import public_id
from web.model_fields import Line, Paragraphs


class ReviewStatus(models.TextChoices):
    """The states of Project ECHO's clinics."""

    ASSIGNED = terms.ReviewStatus.ASSIGNED, _("assigned")
    UNDER_REVIEW = terms.ReviewStatus.UNDER_REVIEW, _("under review")
    APPROVED = terms.ReviewStatus.APPROVED, _("approved")
    SENT_BACK = terms.ReviewStatus.SENT_BACK, _("sent back")
    HANDED_OVER = terms.ReviewStatus.HANDED_OVER, _("given back")


class ReferralAdvice(models.TextChoices):
    NOT_NEEDED = "not_needed", _("Can be treated where the patient is")
    PLANNED = "planned", _("Refer, as planned")
    URGENT = "urgent", _("Refer now")
    MISSION = "mission", _("Wait for the next mission")


class CaseReview(models.Model):
    """`assigned_by` is the mentor when they took it themselves. `summary` is how the mentor understood the case;
    `summary_asked_at` when they showed it to the author, `summary_confirmed_at` when the author said that it is so:
    both are of the summary as it stands. `revision` grows with every save. One live review per mentor and case.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="reviews")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="case_reviews")
    status = models.CharField(max_length=14, choices=ReviewStatus, default=ReviewStatus.ASSIGNED)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews_assigned")
    assigned_at = models.DateTimeField(default=now)
    started_at = models.DateTimeField(null=True, blank=True)
    summary = Paragraphs(_("the case in two sentences"), blank=True)
    summary_asked_at = models.DateTimeField(null=True, blank=True)
    summary_confirmed_at = models.DateTimeField(null=True, blank=True)
    referral = models.CharField(_("referral"), max_length=12, choices=ReferralAdvice, blank=True)
    referral_where = Line(_("where to"), max_length=120, blank=True)
    learning_points = Paragraphs(_("learning points"), blank=True, help_text=_("One per line."))
    revision = models.PositiveIntegerField(default=0, editable=False)
    approved_at = models.DateTimeField(null=True, blank=True)
    ended_reason = Paragraphs(blank=True)

    class Meta:
        verbose_name = _("case review")
        ordering = ["assigned_at", "id"]
        indexes = [models.Index(fields=["mentor", "status"], name="review_by_mentor")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "mentor"], condition=~Q(status="handed_over"), name="review_once_per_mentor"
            )
        ]

    def __str__(self) -> str:
        return f"{self.mentor}: {self.case}"


class Strength(models.TextChoices):
    STRONG = "strong", _("Do this")
    CONDITIONAL = "conditional", _("Consider this")
    AGAINST = "against", _("Do not do this")


class Adherence(models.TextChoices):
    YES = "yes", _("Done")
    PARTLY = "partly", _("Done in part")
    NO = "no", _("Not done")


class Recommendation(models.Model):
    """One written recommendation; the author says later whether it was done, and why not."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    review = models.ForeignKey(CaseReview, models.CASCADE, related_name="recommendations")
    position = models.PositiveSmallIntegerField(default=0)
    text = Paragraphs(_("recommendation"))
    strength = models.CharField(_("strength"), max_length=12, choices=Strength, default=Strength.STRONG)
    done = models.CharField(_("done"), max_length=8, choices=Adherence, blank=True)
    done_why = Paragraphs(_("why"), blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text[:60]
