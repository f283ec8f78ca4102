"""A session: one operation or talk with its time, its capacities and its team."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.programme.models.courses import Course
from courses.programme.rules.sessions import Phase, phase
from shared.clock import now
from shared.ids import public_id
from web.model_fields import Line, Paragraphs


class SpokenLanguage(models.TextChoices):
    """What is spoken in the room; the site itself speaks fewer."""

    ES = "es", _("Spanish")
    EN = "en", _("English")
    PT = "pt", _("Portuguese")
    QU = "qu", _("Quechua")
    AY = "ay", _("Aymara")
    GN = "gn", _("Guaraní")
    FR = "fr", _("French")


def overrun() -> timedelta:
    """How long past its planned end a session may be due or live on this site."""
    return timedelta(hours=settings.SESSION_OVERRUN_HOURS)


class Session(models.Model):
    """`time_zone` is the IANA name of the event's zone; `languages` a list of codes; capacities count people.

    `public_id` is also the live room's id. `sequence` is the iCalendar SEQUENCE: it grows with every change that a
    calendar must hear of. `live_at` and `ended_at` are written by the live room when it goes live and when it closes.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions", verbose_name=_("course"))
    title = Line(_("title"), max_length=120)
    procedure = Line(_("procedure"), max_length=160, blank=True)
    summary = Paragraphs(_("summary"), blank=True)
    time_zone = models.CharField(_("time zone of the event"), max_length=40)
    starts_at = models.DateTimeField(_("start"))
    planned_end_at = models.DateTimeField(_("planned end"))
    languages = models.JSONField(_("languages"), default=list)
    or_capacity = models.PositiveIntegerField(_("places in the operating room"), default=0)
    auditorium_capacity = models.PositiveIntegerField(_("seats in the auditorium"), default=0)
    remote_capacity = models.PositiveIntegerField(_("remote places"), default=0)
    is_registration_open = models.BooleanField(_("registration open"), default=False)
    gap_seconds = models.PositiveIntegerField(
        _("absence bridged (seconds)"), null=True, blank=True, help_text=_("Empty: the site's own value.")
    )
    threshold_percent = models.PositiveSmallIntegerField(_("attendance needed (%)"), null=True, blank=True)
    verified_only = models.BooleanField(
        _("for verified professionals only"),
        default=False,
        help_text=_("Only people whose licence somebody has verified may register and come in."),
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    live_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("session")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(planned_end_at__gt=models.F("starts_at")), name="session_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def language_names(self) -> list[str]:
        """In the reader's language."""
        return [str(SpokenLanguage(code).label) for code in self.languages if code in SpokenLanguage.values]

    @property
    def latest_end_at(self) -> datetime:
        """When it is over at the latest, whatever nobody pressed."""
        return self.planned_end_at + overrun()

    def phase(self, at: datetime) -> Phase:
        """Where it stands at `at`."""
        return phase(
            at,
            starts_at=self.starts_at,
            planned_end_at=self.planned_end_at,
            live_at=self.live_at,
            ended_at=self.ended_at,
            cancelled_at=self.cancelled_at,
            overrun=overrun(),
        )

    def capacity(self, channel: str) -> int:
        """People the channel holds."""
        return int(getattr(self, f"{channel}_capacity"))
