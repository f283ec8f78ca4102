"""Instruments for rating skills, as versioned data, and the ratings made with them."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.logbook.models.logbooks import LogbookEntry
from shared import ids
from shared.clock import now
from web.model_fields import Paragraphs


class Instrument(models.Model):
    """One version of an instrument; a rating keeps the version it was made with. `items` is a list of {code, titles,
    kind (scale, yes_no, text)}, a scale's with {min, max, anchors {value: titles}, layout (steps, rows)}; all titles by
    language code. `is_summed` when the sum of the scales means something. Seeded from `data/instruments/` of this room.
    """

    code = models.SlugField(max_length=20)
    version = models.PositiveSmallIntegerField(default=1)
    titles = models.JSONField(default=dict)
    source = models.TextField(blank=True)
    items = models.JSONField(default=list)
    is_summed = models.BooleanField(default=False)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["code", "-version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="instrument_version_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class RaterRole(models.TextChoices):
    SELF = "self", _("The trainee")
    LOCAL = "local", _("Local surgeon")
    REMOTE = "remote", _("Remote mentor")
    MISSION = "mission", _("Mission surgeon")


class RatingMode(models.TextChoices):
    """Raters in the room and raters of a video differ."""

    IN_ROOM = "in_room", _("In the operating room")
    LIVE_VIDEO = "live_video", _("From live video")
    RECORDING = "recording", _("From a recording")


class Rating(models.Model):
    """`scores` by item code. One per entry, instrument and rater; `key` is made by the device."""

    public_id = models.CharField(max_length=16, unique=True, default=ids.public_id, editable=False)
    entry = models.ForeignKey(LogbookEntry, models.PROTECT, related_name="ratings")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="ratings")
    rater = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ratings_given")
    role = models.CharField(_("rated as"), max_length=8, choices=RaterRole)
    mode = models.CharField(_("seen"), max_length=10, choices=RatingMode)
    scores = models.JSONField(default=dict)
    went_well = Paragraphs(_("what went well"), blank=True)
    to_improve = Paragraphs(_("what to do differently"), blank=True)
    key = models.UUIDField(default=uuid4, editable=False)
    rated_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["rated_at", "id"]
        constraints = [models.UniqueConstraint(fields=["entry", "instrument", "rater"], name="rating_once")]

    def __str__(self) -> str:
        return f"{self.instrument_id} by {self.rater_id}"


class RatingRequest(models.Model):
    """The trainee asks this person to rate this entry; nobody else may. From the first one on, what was done stands."""

    public_id = models.CharField(max_length=16, unique=True, default=ids.public_id, editable=False)
    entry = models.ForeignKey(LogbookEntry, models.CASCADE, related_name="rating_requests")
    rater = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="rating_requests")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="rating_requests")
    asked_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [models.UniqueConstraint(fields=["entry", "rater", "instrument"], name="rating_asked_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} by {self.rater_id}"


class SelfRatingWaiver(models.Model):
    """The trainee chose to see what others rated without rating themselves; they cannot any more."""

    entry = models.ForeignKey(LogbookEntry, models.CASCADE, related_name="waivers")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="waivers")
    waived_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["waived_at", "id"]
        constraints = [models.UniqueConstraint(fields=["entry", "instrument"], name="self_rating_waived_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.instrument_id}"
