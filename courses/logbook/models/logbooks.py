"""A trainee's logbook: procedures, and what one did in each case."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.cases.models.cases import Case
from courses.programme.models.missions import Mission
from courses.programme.models.sessions import Session
from shared.clock import now
from shared.ids import public_id
from web.model_fields import Paragraphs


class Procedure(models.Model):
    """`titles` by language code. For learning curves: the failure rate that is acceptable and the one that is not, both
    between 0 and 1. Seeded from `courses/logbook/data/procedures.json`.
    """

    code = models.SlugField(max_length=40, unique=True)
    titles = models.JSONField(default=dict)
    specialty = models.CharField(max_length=20, blank=True)
    acceptable = models.FloatField(default=0.05)
    unacceptable = models.FloatField(default=0.10)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class SurgeonRole(models.TextChoices):
    OBSERVED = "observed", _("Watched")
    ASSISTED = "assisted", _("Assisted")
    PART = "part", _("Did a part")
    SUPERVISED = "supervised", _("Did it, supervised")
    ALONE = "alone", _("Did it alone")
    TAUGHT = "taught", _("Taught it")


class Autonomy(models.IntegerChoices):
    """The Zwisch scale, for more than half of the critical part."""

    SHOW_AND_TELL = 1, _("Show and tell")
    ACTIVE_HELP = 2, _("Active help")
    PASSIVE_HELP = 3, _("Passive help")
    SUPERVISION_ONLY = 4, _("Supervision only")


class Result(models.TextChoices):
    SUCCESS = "success", _("As intended")
    FAILURE = "failure", _("Not as intended")
    UNKNOWN = "unknown", _("Not known yet")


class LogbookEntry(models.Model):
    """One case of one trainee, who owns it. `key` is made by the device. `complexity` 1 (easiest third) to 3."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    trainee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="logbook")
    key = models.UUIDField(default=uuid4, editable=False)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="entries", verbose_name=_("procedure"))
    performed_on = models.DateField(_("date"))
    role = models.CharField(_("your part"), max_length=10, choices=SurgeonRole)
    autonomy = models.PositiveSmallIntegerField(_("autonomy"), choices=Autonomy, null=True, blank=True)
    complexity = models.PositiveSmallIntegerField(_("complexity"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=8, choices=Result, default=Result.UNKNOWN)
    note = Paragraphs(_("note"), blank=True)
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="logbook_entries")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="logbook_entries")
    mission = models.ForeignKey(Mission, models.PROTECT, null=True, blank=True, related_name="logbook_entries")
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("logbook entry")
        ordering = ["-performed_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["trainee", "key"], name="logbook_entry_once"),
            models.UniqueConstraint(
                fields=["trainee", "case"], condition=models.Q(case__isnull=False), name="logbook_case_once"
            ),
        ]
        indexes = [models.Index(fields=["trainee", "procedure", "performed_on"], name="logbook_by_procedure")]

    def __str__(self) -> str:
        return f"{self.trainee_id} {self.performed_on}"
