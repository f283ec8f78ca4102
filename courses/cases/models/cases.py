"""A case: a patient's story without the patient's identity, a question, and where it stands."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.cases.models.consents import Consent
from courses.cases.models.terms import AgeBand, Asa, CaseKind, CaseStatus, Referral, Sex, Specialty, Supply, Urgency
from courses.cases.rules.terms import PRESSING
from courses.programme.models.courses import Course
from courses.programme.models.missions import Mission
from courses.programme.models.sessions import Session
from shared import ids
from shared.clock import now
from web.model_fields import Line, Paragraphs


class Case(models.Model):
    """`key` is made by the author's device, so that a draft sent twice is one draft. `code` is what people say aloud.

    `revision` grows with every save that changed something; `edits` keeps per field the revision that changed it last
    and when that was typed (milliseconds since 1970). `acknowledged` counts, per field and kind, what its author said
    is no identifier. `due_at` is when the next step is due, `escalated_at` when lateness was told to the coordinators.
    There is no field for a name, a number, a birthday or an address: that is the point.
    """

    public_id = models.CharField(max_length=16, unique=True, default=ids.public_id, editable=False)
    code = models.CharField(_("code"), max_length=8, unique=True, default=ids.spoken_code, editable=False)
    key = models.UUIDField(default=uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=CaseKind, default=CaseKind.REVIEW)
    status = models.CharField(max_length=14, choices=CaseStatus, default=CaseStatus.DRAFT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="cases")
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("course")
    )
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="cases")
    source_question = Paragraphs(_("the question it came from"), blank=True)
    consent = models.OneToOneField(Consent, models.PROTECT, null=True, blank=True, related_name="case")
    language = models.CharField(_("written in"), max_length=5, choices=settings.LANGUAGES, default="es")

    # The question comes first
    main_question = Paragraphs(_("main question"), blank=True)
    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency, blank=True)
    # The patient, as little as helps
    specialty = models.CharField(_("specialty"), max_length=20, choices=Specialty, blank=True)
    age_band = models.CharField(_("age"), max_length=8, choices=AgeBand, blank=True)
    sex = models.CharField(_("sex"), max_length=3, choices=Sex, blank=True)
    weight_kg = models.DecimalField(_("weight (kg)"), max_digits=5, decimal_places=2, null=True, blank=True)
    asa = models.CharField(_("ASA class"), max_length=3, choices=Asa, blank=True)
    # The disease
    diagnosis = Line(_("diagnosis"), max_length=200, blank=True)
    icd10 = Line(_("ICD-10 code"), max_length=8, blank=True)
    history = Paragraphs(_("history"), blank=True)
    exam = Paragraphs(_("examination"), blank=True)
    labs = Paragraphs(_("laboratory"), blank=True)
    imaging = Paragraphs(_("what the images show"), blank=True)
    treatment = Paragraphs(_("treatment so far"), blank=True)
    # What there is to work with
    blood = models.CharField(_("blood"), max_length=8, choices=Supply, blank=True)
    icu = models.CharField(_("intensive care"), max_length=8, choices=Supply, blank=True)
    implants = models.CharField(_("implants and instruments"), max_length=8, choices=Supply, blank=True)
    transport_hours = models.PositiveSmallIntegerField(_("hours to the next hospital"), null=True, blank=True)
    constraints = Paragraphs(_("other limits"), blank=True)
    options_considered = Paragraphs(_("options considered"), blank=True)
    plan_without_answer = Paragraphs(_("plan if no answer comes"), blank=True)

    # Where it stands
    revision = models.PositiveIntegerField(default=0, editable=False)
    edits = models.JSONField(default=dict, editable=False)
    acknowledged = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)
    saved_at = models.DateTimeField(default=now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    released_at = models.DateTimeField(null=True, blank=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="cases_released"
    )
    sent_back_reason = Paragraphs(_("what is missing"), blank=True)
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    due_at = models.DateTimeField(null=True, blank=True, editable=False)
    escalated_at = models.DateTimeField(null=True, blank=True, editable=False)
    taught_at = models.DateTimeField(null=True, blank=True, editable=False)  # the course's trainees see it since
    taught_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="cases_taught"
    )
    # What became of the patient
    operated_on = models.DateField(_("operated on"), null=True, blank=True)
    operated_mission = models.ForeignKey(
        Mission, models.PROTECT, null=True, blank=True, related_name="cases_operated", verbose_name=_("operated in")
    )
    referral = models.CharField(_("referral"), max_length=10, choices=Referral, blank=True)
    referral_to = Line(_("referred to (province and level)"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("case")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="case_draft_once"),
            # Who uploads does not release.
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("author")), name="case_second_person"
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="case_released_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_at"], name="case_by_due"),
            models.Index(fields=["author", "status", "created_at"], name="case_by_author"),
            models.Index(fields=["author", "created_at", "id"], name="case_by_author_and_time"),
            models.Index(fields=["course", "status", "created_at"], name="case_by_course"),
            models.Index(fields=["created_at"], condition=Q(taught_at__isnull=False), name="case_taught"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.diagnosis}".strip()

    @property
    def is_pressing(self) -> bool:
        """Somebody should answer it within a day, and nobody has."""
        is_answered = self.status in (CaseStatus.APPROVED, CaseStatus.CLOSED)
        return self.urgency in PRESSING and not is_answered
