"""A registration: one person, one session, one channel, with the answers as given that day."""

from typing import Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Profession
from courses.programme.models.participation import Participation
from courses.programme.models.sessions import Session
from courses.programme.rules import enrolments as rules
from shared import ids
from shared.clock import now
from web.model_fields import Derived, Deriving, Line

REASON_LENGTH: Final = 300


class EnrolmentStatus(models.TextChoices):
    REQUESTED = rules.EnrolmentStatus.REQUESTED, _("asked for")
    CONFIRMED = rules.EnrolmentStatus.CONFIRMED, _("confirmed")
    WAITING = rules.EnrolmentStatus.WAITING, _("on the waiting list")
    DECLINED = rules.EnrolmentStatus.DECLINED, _("declined")
    WITHDRAWN = rules.EnrolmentStatus.WITHDRAWN, _("withdrawn")


class Enrolment(Deriving):
    """`enrolled_at` orders the waiting list, the longest wait first; coming back or changing channel renews it.
    `link_key` is the secret in the personal links; a new one makes the old links void. The person's answers are kept
    here as they were given, not read from the profile; `licences` is a list of {country, kind, number, jurisdiction}.
    Until somebody opens a link of the mail, nobody knows whether the mailbox is theirs who registered: the registration
    is unanswered since `unanswered_since`, a seat it has is held until `held_until` (past, it gets none without an
    answer), and it counts for the network `client` (a digest, kept only so long).
    `decided_by` approved, declined, moved or removed it last, for the `reason` they wrote to the person.
    `told_sequence` is the session's SEQUENCE as of which the person knows the plan; `folded` is for
    search.
    """

    public_id = models.CharField(max_length=16, unique=True, default=ids.public_id, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments")
    channel = models.CharField(_("channel"), max_length=10, choices=Participation)
    status = models.CharField(max_length=10, choices=EnrolmentStatus)
    full_name = Line(_("name"), max_length=120)
    profession = models.CharField(_("profession"), max_length=20, choices=Profession)
    specialty = Line(_("specialty"), max_length=80, blank=True)
    institution = Line(_("institution"), max_length=120, blank=True)
    folded = Derived(max_length=300, of=("full_name", "institution"))
    country = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("province or region"), max_length=6, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    licences = models.JSONField(default=list)
    privacy_version = models.CharField(max_length=20)
    privacy_accepted_at = models.DateTimeField(default=now)
    link_key = models.CharField(max_length=16, default=ids.public_id, editable=False)
    link_sent_at = models.DateTimeField(null=True, blank=True)  # the last time the links were mailed
    unanswered_since = models.DateTimeField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    client = models.CharField(max_length=32, blank=True)
    told_sequence = models.PositiveIntegerField(default=0, editable=False)
    calendar_sequence = models.IntegerField(default=-1, editable=False)  # the SEQUENCE of the last calendar file mailed
    enrolled_at = models.DateTimeField(default=now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="decided_enrolments"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = Line(_("reason"), max_length=REASON_LENGTH, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("registration")
        ordering = ["enrolled_at", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="enrolment_once")]
        indexes = [
            models.Index(fields=["client", "unanswered_since"], name="enrolment_unanswered"),
            models.Index(fields=["session", "status", "channel"], name="enrolment_by_status"),
        ]

    def __str__(self) -> str:
        return f"{self.full_name}: {self.session}"

    @property
    def is_removed(self) -> bool:
        """Withdrawn by a coordinator, not by the person."""
        return self.status == EnrolmentStatus.WITHDRAWN and self.decided_at is not None
