import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import shared.clock
import shared.ids
import shared.plain_text
import web.model_fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=shared.ids.public_id, editable=False, max_length=16, unique=True),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("or", "Operating room"), ("auditorium", "Auditorium"), ("remote", "Remote")],
                        max_length=10,
                        verbose_name="channel",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("requested", "asked for"),
                            ("confirmed", "confirmed"),
                            ("waiting", "on the waiting list"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("full_name", web.model_fields.Line(max_length=120, verbose_name="name")),
                (
                    "profession",
                    models.CharField(
                        choices=[
                            ("surgeon", "Surgeon"),
                            ("resident", "Resident or fellow"),
                            ("anaesthetist", "Anaesthetist"),
                            ("physician", "Physician"),
                            ("nurse", "Nurse"),
                            ("instrumentist", "Scrub nurse or instrumentist"),
                            ("dentist", "Dentist"),
                            ("therapist", "Therapist"),
                            ("student", "Student of a health profession"),
                            ("other", "Other health profession"),
                        ],
                        max_length=20,
                        verbose_name="profession",
                    ),
                ),
                ("specialty", web.model_fields.Line(blank=True, max_length=80, verbose_name="specialty")),
                ("institution", web.model_fields.Line(blank=True, max_length=120, verbose_name="institution")),
                (
                    "folded",
                    web.model_fields.Derived(
                        blank=True,
                        default="",
                        editable=False,
                        key=shared.plain_text.folded,
                        max_length=300,
                        of=("full_name", "institution"),
                    ),
                ),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                ("region", models.CharField(blank=True, max_length=6, verbose_name="province or region")),
                (
                    "language",
                    models.CharField(
                        choices=[("es", "Spanish"), ("en", "English"), ("pt", "Portuguese")],
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                ("licences", models.JSONField(default=list)),
                ("privacy_version", models.CharField(max_length=20)),
                ("privacy_accepted_at", models.DateTimeField(default=shared.clock.now)),
                ("link_key", models.CharField(default=shared.ids.public_id, editable=False, max_length=16)),
                ("link_sent_at", models.DateTimeField(blank=True, null=True)),
                ("unanswered_since", models.DateTimeField(blank=True, null=True)),
                ("held_until", models.DateTimeField(blank=True, null=True)),
                ("client", models.CharField(blank=True, max_length=32)),
                ("told_sequence", models.PositiveIntegerField(default=0, editable=False)),
                ("calendar_sequence", models.IntegerField(default=-1, editable=False)),
                ("enrolled_at", models.DateTimeField(default=shared.clock.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("reason", web.model_fields.Line(blank=True, max_length=300, verbose_name="reason")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decided_enrolments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "registration",
                "ordering": ["enrolled_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(choices=[("name", "Name"), ("address", "E-mail")], max_length=8)),
                ("before", web.model_fields.Line(max_length=254)),
                ("after", web.model_fields.Line(max_length=254)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="amendments", to="programme.enrolment"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Mission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("title", web.model_fields.Line(max_length=120, verbose_name="title")),
                (
                    "sort_key",
                    web.model_fields.Derived(
                        blank=True,
                        default="",
                        editable=False,
                        key=shared.plain_text.sort_key,
                        max_length=480,
                        of=("title",),
                    ),
                ),
                ("location", web.model_fields.Line(max_length=120, verbose_name="location")),
                ("hospital", web.model_fields.Line(blank=True, max_length=120, verbose_name="hospital")),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                ("region", models.CharField(blank=True, max_length=6, verbose_name="province or region")),
                ("population", models.PositiveIntegerField(blank=True, null=True, verbose_name="population")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="first day")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "surgeons",
                    web.model_fields.Paragraphs(blank=True, help_text="One per line.", verbose_name="surgeons"),
                ),
                ("focus", web.model_fields.Line(max_length=160, verbose_name="focus")),
                (
                    "complexity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("low", "Low"),
                            ("low_medium", "Low – Medium"),
                            ("medium", "Medium"),
                            ("medium_high", "Medium – High"),
                            ("high", "High"),
                        ],
                        max_length=12,
                        verbose_name="complexity",
                    ),
                ),
                (
                    "training_level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("low", "Low"),
                            ("low_medium", "Low – Medium"),
                            ("medium", "Medium"),
                            ("medium_high", "Medium – High"),
                            ("high", "High"),
                        ],
                        max_length=12,
                        verbose_name="training level",
                    ),
                ),
                (
                    "average_mended",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Patients operated on in a usual mission.",
                        null=True,
                        verbose_name="average mended",
                    ),
                ),
                ("brief", web.model_fields.Paragraphs(blank=True, verbose_name="mission brief")),
                ("progress", web.model_fields.Paragraphs(blank=True, verbose_name="progress and goals")),
                ("volunteers", web.model_fields.Paragraphs(blank=True, verbose_name="for volunteers")),
                (
                    "team_fee",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="team fee (US$)",
                    ),
                ),
                ("deposit", models.PositiveIntegerField(blank=True, null=True, verbose_name="deposit (US$)")),
                ("contact_email", web.model_fields.Address(blank=True, max_length=254, verbose_name="contact")),
                ("is_published", models.BooleanField(default=False, verbose_name="published")),
                ("created_at", models.DateTimeField(default=shared.clock.now, editable=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missions",
                        to="accounts.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "mission",
                "ordering": ["-starts_on", "sort_key"],
            },
        ),
        migrations.CreateModel(
            name="Course",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("title", web.model_fields.Line(max_length=120, verbose_name="title")),
                (
                    "sort_key",
                    web.model_fields.Derived(
                        blank=True,
                        default="",
                        editable=False,
                        key=shared.plain_text.sort_key,
                        max_length=480,
                        of=("title",),
                    ),
                ),
                ("summary", web.model_fields.Paragraphs(blank=True, verbose_name="summary")),
                ("is_published", models.BooleanField(default=False, verbose_name="published")),
                ("created_at", models.DateTimeField(default=shared.clock.now, editable=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="courses",
                        to="accounts.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="courses",
                        to="programme.mission",
                        verbose_name="mission",
                    ),
                ),
            ],
            options={
                "verbose_name": "course",
                "ordering": ["sort_key", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=shared.ids.public_id, editable=False, max_length=16, unique=True),
                ),
                ("title", web.model_fields.Line(max_length=120, verbose_name="title")),
                ("procedure", web.model_fields.Line(blank=True, max_length=160, verbose_name="procedure")),
                ("summary", web.model_fields.Paragraphs(blank=True, verbose_name="summary")),
                ("time_zone", models.CharField(max_length=40, verbose_name="time zone of the event")),
                ("starts_at", models.DateTimeField(verbose_name="start")),
                ("planned_end_at", models.DateTimeField(verbose_name="planned end")),
                ("languages", models.JSONField(default=list, verbose_name="languages")),
                ("or_capacity", models.PositiveIntegerField(default=0, verbose_name="places in the operating room")),
                ("auditorium_capacity", models.PositiveIntegerField(default=0, verbose_name="seats in the auditorium")),
                ("remote_capacity", models.PositiveIntegerField(default=0, verbose_name="remote places")),
                ("is_registration_open", models.BooleanField(default=False, verbose_name="registration open")),
                (
                    "gap_seconds",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: the site's own value.",
                        null=True,
                        verbose_name="absence bridged (seconds)",
                    ),
                ),
                (
                    "threshold_percent",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="attendance needed (%)"),
                ),
                (
                    "verified_only",
                    models.BooleanField(
                        default=False,
                        help_text="Only people whose licence somebody has verified may register and come in.",
                        verbose_name="for verified professionals only",
                    ),
                ),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                ("cancelled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("live_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("created_at", models.DateTimeField(default=shared.clock.now, editable=False)),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="programme.course",
                        verbose_name="course",
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "ordering": ["starts_at"],
            },
        ),
        migrations.AddField(
            model_name="enrolment",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="enrolments", to="programme.session"
            ),
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("surgeon", "Operating surgeon"),
                            ("mentor", "Mentor"),
                            ("moderator", "Moderator"),
                            ("advocate", "Patient's advocate"),
                        ],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team_roles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="team", to="programme.session"
                    ),
                ),
            ],
            options={
                "verbose_name": "team member",
            },
        ),
        migrations.AddConstraint(
            model_name="mission",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="mission_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("planned_end_at__gt", models.F("starts_at"))), name="session_ends_after_start"
            ),
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(fields=["client", "unanswered_since"], name="enrolment_unanswered"),
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(fields=["session", "status", "channel"], name="enrolment_by_status"),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(fields=("session", "person"), name="enrolment_once"),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.UniqueConstraint(fields=("session", "person"), name="team_person_once"),
        ),
    ]
