"""Attendance facts: spans the server saw, and adjustments people made. Minutes are derived, never stored."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.programme.models import Participation
from livesessions.room.models.rooms import Room
from web.model_fields import Line


class SpanSource(models.TextChoices):
    SOCKET = "socket", _("connection to the room")
    POLL = "poll", _("connection without WebSocket")
    CODE = "code", _("code at the door")
    ROLL_CALL = "roll_call", _("roll call")

    @classmethod
    def heartbeats(cls) -> list["SpanSource"]:
        """Told by signs of life: such a span never counts past the last one."""
        return [cls.SOCKET, cls.POLL]

    @classmethod
    def declared(cls) -> list["SpanSource"]:
        """Told once, by a person at the door: such a span lasts until its end is told, or the room is over."""
        return [cls.CODE, cls.ROLL_CALL]


class PresenceSpan(models.Model):
    """`last_seen_at` is the last sign of life; of a connection, nothing after it ever counts. `ended_at` is set when
    the span is over (never later than what the server knows); a connection without it whose `last_seen_at` is old
    belongs to a dead process. `key` names the span before it has a row, so that a repeated write is the same span.
    """

    key = models.UUIDField(unique=True)
    room = models.ForeignKey(Room, models.PROTECT, related_name="spans")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Participation)
    source = models.CharField(max_length=10, choices=SpanSource)
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["started_at"]
        indexes = [
            models.Index(fields=["room", "person"], name="span_by_person"),
            models.Index(fields=["room"], condition=models.Q(ended_at__isnull=True), name="span_open"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(last_seen_at__gte=models.F("started_at")), name="span_forward"),
            models.UniqueConstraint(
                fields=["room", "person", "source"],
                condition=models.Q(ended_at__isnull=True, source__in=["code", "roll_call"]),
                name="span_declared_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.started_at} – {self.ended_at or self.last_seen_at}"


class Adjustment(models.Model):
    """Minutes added or (negative) taken by a person who answers for it; shown apart from the derived minutes.

    Never edited: a mistaken one is countered by another. `key` came with the form, so that sending it twice is once.
    """

    key = models.UUIDField(unique=True)
    room = models.ForeignKey(Room, models.PROTECT, related_name="adjustments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    minutes = models.IntegerField(_("minutes"))
    reason = Line(_("reason"), max_length=300)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at"]
        constraints = [models.CheckConstraint(condition=~models.Q(minutes=0), name="adjustment_not_zero")]

    def __str__(self) -> str:
        return f"{self.minutes:+d}"


class TimesCorrection(models.Model):
    """The real start, end and breaks of a session, set by a coordinator who answers for it; the latest is in force.

    Never edited: a mistaken one is followed by another. Without `ended_at` the end is the one the room recorded. `key`
    came with the form, so that sending it twice is once.
    """

    key = models.UUIDField(unique=True)
    room = models.ForeignKey(Room, models.PROTECT, related_name="times_corrections")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = Line(_("reason"), max_length=300)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gt=models.F("started_at")),
                name="times_correction_forward",
            )
        ]

    def __str__(self) -> str:
        return f"{self.started_at} – {self.ended_at or '…'}"


class Break(models.Model):
    """A time within a corrected session that does not count."""

    correction = models.ForeignKey(TimesCorrection, models.CASCADE, related_name="breaks")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ended_at__gt=models.F("started_at")), name="break_forward")
        ]

    def __str__(self) -> str:
        return f"{self.started_at} – {self.ended_at}"
