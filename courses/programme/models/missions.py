"""A mission: a surgical team's week at a hospital, with its fact sheet."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from shared import plain_text
from shared.clock import now
from web.model_fields import Address, Derived, Deriving, Line, Paragraphs


class Level(models.TextChoices):
    LOW = "low", _("Low")
    LOW_MEDIUM = "low_medium", _("Low – Medium")
    MEDIUM = "medium", _("Medium")
    MEDIUM_HIGH = "medium_high", _("Medium – High")
    HIGH = "high", _("High")


class Mission(Deriving):
    """The fact-sheet fields of a mission. `region` is ISO 3166-2; money is whole US dollars."""

    slug = models.SlugField(max_length=60, unique=True)
    title = Line(_("title"), max_length=120)
    sort_key = Derived(max_length=480, of=("title",), key=plain_text.sort_key)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="missions", verbose_name=_("organisation")
    )
    location = Line(_("location"), max_length=120)
    hospital = Line(_("hospital"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("province or region"), max_length=6, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    surgeons = Paragraphs(_("surgeons"), blank=True, help_text=_("One per line."))
    focus = Line(_("focus"), max_length=160)
    complexity = models.CharField(_("complexity"), max_length=12, choices=Level, blank=True)
    training_level = models.CharField(_("training level"), max_length=12, choices=Level, blank=True)
    average_mended = models.PositiveIntegerField(
        _("average mended"), null=True, blank=True, help_text=_("Patients operated on in a usual mission.")
    )
    brief = Paragraphs(_("mission brief"), blank=True)
    progress = Paragraphs(_("progress and goals"), blank=True)
    volunteers = Paragraphs(_("for volunteers"), blank=True)
    team_fee = models.PositiveIntegerField(
        _("team fee (US$)"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    deposit = models.PositiveIntegerField(_("deposit (US$)"), null=True, blank=True)
    contact_email = Address(_("contact"), blank=True)
    is_published = models.BooleanField(_("published"), default=False)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("mission")
        ordering = ["-starts_on", "sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="mission_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.title
