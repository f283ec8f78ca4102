"""What people are told about cases by mail: at once, or gathered once a day."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.cases.models.cases import Case
from shared.clock import now


class MailFrequency(models.TextChoices):
    AT_ONCE = "at_once", _("Each one at once")
    DAILY = "daily", _("Gathered, once a day")


class NoticePreference(models.Model):
    """Nobody without a row is `AT_ONCE` by choice; it is what they get. What is urgent never waits for the digest."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preference")
    rhythm = models.CharField(_("mail about cases"), max_length=8, choices=MailFrequency, default=MailFrequency.AT_ONCE)
    digest_sent_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.rhythm}"


class NoticeKind(models.TextChoices):
    TO_RELEASE = "to_release", _("A case waits for your release")
    WAITING = "waiting", _("A case waits for a mentor")
    ASSIGNED = "assigned", _("A case was given to you")
    QUESTION = "question", _("A mentor asks you something")
    ANSWER = "answer", _("Your question was answered")
    REMARK = "remark", _("Somebody wrote about a case")
    SENT_BACK = "sent_back", _("A case needs something from you")
    APPROVED = "approved", _("A mentor answered your case")
    OVERDUE = "overdue", _("A case is late")
    FOLLOW_UP = "follow_up", _("An outcome is due")
    REVOKED = "revoked", _("A consent was withdrawn")
    WITHDRAWN = "withdrawn", _("A case was taken back")


class Notice(models.Model):
    """One thing to tell one person. `about` tells two of a kind apart (a remark, a milestone), so that none is told
    twice; its first word is the place on the case's page that the mail leads to (`remark-…`, `review-…`, `outcomes`).
    Never holds anything of the patient.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    case = models.ForeignKey(Case, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=NoticeKind)
    about = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "case", "kind", "about"], name="notice_once")]
        indexes = [models.Index(fields=["sent_at", "at"], name="notice_unsent")]

    def __str__(self) -> str:
        return f"{self.kind} to {self.person_id}"
