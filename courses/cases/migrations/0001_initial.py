import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import courses.cases.models.media
import shared.clock
import shared.ids
import web.model_fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("programme", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=shared.ids.public_id, editable=False, max_length=16, unique=True),
                ),
                (
                    "code",
                    models.CharField(
                        default=shared.ids.spoken_code, editable=False, max_length=8, unique=True, verbose_name="code"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("review", "A question to mentors"), ("teaching", "A teaching case")],
                        default="review",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "waiting for release"),
                            ("sent_back", "sent back"),
                            ("waiting", "waiting for a mentor"),
                            ("assigned", "assigned"),
                            ("under_review", "under review"),
                            ("approved", "answered"),
                            ("closed", "closed"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=14,
                    ),
                ),
                ("source_question", web.model_fields.Paragraphs(blank=True, verbose_name="the question it came from")),
                (
                    "language",
                    models.CharField(
                        choices=[("es", "Spanish"), ("en", "English"), ("pt", "Portuguese")],
                        default="es",
                        max_length=5,
                        verbose_name="written in",
                    ),
                ),
                ("main_question", web.model_fields.Paragraphs(blank=True, verbose_name="main question")),
                (
                    "urgency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("now", "Now"),
                            ("day", "Within 24 hours"),
                            ("week", "Within 7 days"),
                            ("elective", "Elective"),
                        ],
                        max_length=10,
                        verbose_name="urgency",
                    ),
                ),
                (
                    "specialty",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("paediatric", "Paediatric surgery"),
                            ("general", "General surgery"),
                            ("plastic", "Plastic surgery and clefts"),
                            ("trauma", "Trauma and orthopaedics"),
                            ("urology", "Urology"),
                            ("gynaecology", "Gynaecology and obstetrics"),
                            ("neuro", "Neurosurgery"),
                            ("cardio", "Heart and chest"),
                            ("ent", "Ear, nose and throat"),
                            ("maxillofacial", "Mouth, jaw and teeth"),
                            ("other", "Another specialty"),
                        ],
                        max_length=20,
                        verbose_name="specialty",
                    ),
                ),
                (
                    "age_band",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("0-28d", "0 to 28 days"),
                            ("1-11m", "1 to 11 months"),
                            ("1-4y", "1 to 4 years"),
                            ("5-9y", "5 to 9 years"),
                            ("10-14y", "10 to 14 years"),
                            ("15-17y", "15 to 17 years"),
                            ("18-39y", "18 to 39 years"),
                            ("40-59y", "40 to 59 years"),
                            ("60-79y", "60 to 79 years"),
                            ("80y", "80 years and older"),
                        ],
                        max_length=8,
                        verbose_name="age",
                    ),
                ),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("f", "Female"), ("m", "Male"), ("oth", "Other or not determined")],
                        max_length=3,
                        verbose_name="sex",
                    ),
                ),
                (
                    "weight_kg",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="weight (kg)"
                    ),
                ),
                (
                    "asa",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "I"),
                            ("2", "II"),
                            ("3", "III"),
                            ("4", "IV"),
                            ("5", "V"),
                            ("1E", "I E"),
                            ("2E", "II E"),
                            ("3E", "III E"),
                            ("4E", "IV E"),
                            ("5E", "V E"),
                        ],
                        max_length=3,
                        verbose_name="ASA class",
                    ),
                ),
                ("diagnosis", web.model_fields.Line(blank=True, max_length=200, verbose_name="diagnosis")),
                ("icd10", web.model_fields.Line(blank=True, max_length=8, verbose_name="ICD-10 code")),
                ("history", web.model_fields.Paragraphs(blank=True, verbose_name="history")),
                ("exam", web.model_fields.Paragraphs(blank=True, verbose_name="examination")),
                ("labs", web.model_fields.Paragraphs(blank=True, verbose_name="laboratory")),
                ("imaging", web.model_fields.Paragraphs(blank=True, verbose_name="what the images show")),
                ("treatment", web.model_fields.Paragraphs(blank=True, verbose_name="treatment so far")),
                (
                    "blood",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "There is enough"),
                            ("limited", "There is a little"),
                            ("no", "There is none"),
                            ("unknown", "Not known"),
                        ],
                        max_length=8,
                        verbose_name="blood",
                    ),
                ),
                (
                    "icu",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "There is enough"),
                            ("limited", "There is a little"),
                            ("no", "There is none"),
                            ("unknown", "Not known"),
                        ],
                        max_length=8,
                        verbose_name="intensive care",
                    ),
                ),
                (
                    "implants",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "There is enough"),
                            ("limited", "There is a little"),
                            ("no", "There is none"),
                            ("unknown", "Not known"),
                        ],
                        max_length=8,
                        verbose_name="implants and instruments",
                    ),
                ),
                (
                    "transport_hours",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="hours to the next hospital"),
                ),
                ("constraints", web.model_fields.Paragraphs(blank=True, verbose_name="other limits")),
                ("options_considered", web.model_fields.Paragraphs(blank=True, verbose_name="options considered")),
                (
                    "plan_without_answer",
                    web.model_fields.Paragraphs(blank=True, verbose_name="plan if no answer comes"),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("edits", models.JSONField(default=dict, editable=False)),
                ("acknowledged", models.JSONField(default=dict, editable=False)),
                ("created_at", models.DateTimeField(default=shared.clock.now, editable=False)),
                ("saved_at", models.DateTimeField(default=shared.clock.now, editable=False)),
                ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("released_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("sent_back_reason", web.model_fields.Paragraphs(blank=True, verbose_name="what is missing")),
                ("approved_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("due_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("escalated_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("taught_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("operated_on", models.DateField(blank=True, null=True, verbose_name="operated on")),
                (
                    "referral",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "Never needed"),
                            ("made", "The patient was referred"),
                            ("avoided", "A referral was avoided"),
                        ],
                        max_length=10,
                        verbose_name="referral",
                    ),
                ),
                (
                    "referral_to",
                    web.model_fields.Line(blank=True, max_length=80, verbose_name="referred to (province and level)"),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="programme.course",
                        verbose_name="course",
                    ),
                ),
                (
                    "operated_mission",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases_operated",
                        to="programme.mission",
                        verbose_name="operated in",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases_released",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="programme.session",
                    ),
                ),
                (
                    "taught_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases_taught",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "case",
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="CaseReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=shared.ids.public_id, editable=False, max_length=16, unique=True),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("assigned", "assigned"),
                            ("under_review", "under review"),
                            ("approved", "approved"),
                            ("sent_back", "sent back"),
                            ("handed_over", "given back"),
                        ],
                        default="assigned",
                        max_length=14,
                    ),
                ),
                ("assigned_at", models.DateTimeField(default=shared.clock.now)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("summary", web.model_fields.Paragraphs(blank=True, verbose_name="the case in two sentences")),
                ("summary_asked_at", models.DateTimeField(blank=True, null=True)),
                ("summary_confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "referral",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_needed", "Can be treated where the patient is"),
                            ("planned", "Refer, as planned"),
                            ("urgent", "Refer now"),
                            ("mission", "Wait for the next mission"),
                        ],
                        max_length=12,
                        verbose_name="referral",
                    ),
                ),
                ("referral_where", web.model_fields.Line(blank=True, max_length=120, verbose_name="where to")),
                (
                    "learning_points",
                    web.model_fields.Paragraphs(blank=True, help_text="One per line.", verbose_name="learning points"),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("ended_reason", web.model_fields.Paragraphs(blank=True)),
                (
                    "assigned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews_assigned",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="cases.case"
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_reviews",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "case review",
                "ordering": ["assigned_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=shared.ids.public_id, editable=False, max_length=16, unique=True),
                ),
                ("taken_on", models.DateField(verbose_name="taken on")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("es", "Spanish"),
                            ("en", "English"),
                            ("pt", "Portuguese"),
                            ("qu", "Quechua"),
                            ("ay", "Aymara"),
                            ("gn", "Guaraní"),
                            ("fr", "French"),
                        ],
                        max_length=5,
                        verbose_name="language spoken",
                    ),
                ),
                ("had_interpreter", models.BooleanField(default=False, verbose_name="with an interpreter")),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("patient", "The patient"),
                            ("mother", "The mother"),
                            ("father", "The father"),
                            ("guardian", "Another guardian"),
                        ],
                        max_length=10,
                        verbose_name="who agreed",
                    ),
                ),
                ("assent", models.BooleanField(blank=True, null=True, verbose_name="the child agreed too")),
                ("scopes", models.JSONField(default=list, verbose_name="agreed to")),
                (
                    "audience_estimate",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="people told of as audience"),
                ),
                ("document_hash", models.CharField(blank=True, max_length=64)),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("created_at", models.DateTimeField(default=shared.clock.now, editable=False)),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents_revoked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents_taken",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "consent",
            },
        ),
        migrations.AddField(
            model_name="case",
            name="consent",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="case",
                to="cases.consent",
            ),
        ),
        migrations.CreateModel(
            name="MediaFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=shared.ids.public_id, editable=False, max_length=16, unique=True),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("photo", "Photo"),
                            ("document", "Document"),
                            ("video", "Video"),
                            ("dicom", "Scan (DICOM)"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("processing", "being cleaned"),
                            ("ready", "ready"),
                            ("refused", "refused"),
                            ("removed", "removed"),
                        ],
                        default="processing",
                        max_length=10,
                    ),
                ),
                ("refusal", models.CharField(blank=True, max_length=40)),
                (
                    "folder",
                    models.CharField(
                        default=courses.cases.models.media.secret_folder, editable=False, max_length=48, unique=True
                    ),
                ),
                ("caption", web.model_fields.Line(blank=True, max_length=200, verbose_name="caption")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("removed", models.JSONField(default=list)),
                ("findings", models.JSONField(default=list)),
                ("burned_in", models.CharField(default="unknown", max_length=8)),
                ("width", models.PositiveIntegerField(blank=True, null=True)),
                ("height", models.PositiveIntegerField(blank=True, null=True)),
                ("frames", models.PositiveIntegerField(default=1)),
                ("seconds", models.FloatField(blank=True, null=True)),
                ("windows", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=shared.clock.now, editable=False)),
                ("checked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("released_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="media", to="cases.case"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="media_uploaded",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "medium",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="MediaAccess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                ("at", models.DateTimeField(default=shared.clock.now, editable=False)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="media_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "medium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="views", to="cases.mediafile"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("to_release", "A case waits for your release"),
                            ("waiting", "A case waits for a mentor"),
                            ("assigned", "A case was given to you"),
                            ("question", "A mentor asks you something"),
                            ("answer", "Your question was answered"),
                            ("remark", "Somebody wrote about a case"),
                            ("sent_back", "A case needs something from you"),
                            ("approved", "A mentor answered your case"),
                            ("overdue", "A case is late"),
                            ("follow_up", "An outcome is due"),
                            ("revoked", "A consent was withdrawn"),
                            ("withdrawn", "A case was taken back"),
                        ],
                        max_length=12,
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=40)),
                ("at", models.DateTimeField(default=shared.clock.now)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="cases.case"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="NoticePreference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rhythm",
                    models.CharField(
                        choices=[("at_once", "Each one at once"), ("daily", "Gathered, once a day")],
                        default="at_once",
                        max_length=8,
                        verbose_name="mail about cases",
                    ),
                ),
                ("digest_sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_preference",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=shared.ids.public_id, editable=False, max_length=16, unique=True),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("text", web.model_fields.Paragraphs(verbose_name="recommendation")),
                (
                    "strength",
                    models.CharField(
                        choices=[
                            ("strong", "Do this"),
                            ("conditional", "Consider this"),
                            ("against", "Do not do this"),
                        ],
                        default="strong",
                        max_length=12,
                        verbose_name="strength",
                    ),
                ),
                (
                    "done",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Done"), ("partly", "Done in part"), ("no", "Not done")],
                        max_length=8,
                        verbose_name="done",
                    ),
                ),
                ("done_why", web.model_fields.Paragraphs(blank=True, verbose_name="why")),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="cases.casereview",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=shared.ids.public_id, editable=False, max_length=16, unique=True),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("clarifying", "Clarifying question"), ("answer", "Answer"), ("comment", "Comment")],
                        default="comment",
                        max_length=10,
                    ),
                ),
                ("text", web.model_fields.Paragraphs(verbose_name="text")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("at", models.DateTimeField(default=shared.clock.now)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="cases.case"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="cases.remark",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Rendition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                ("storage_key", models.CharField(max_length=200, unique=True)),
                ("media_type", models.CharField(max_length=60)),
                ("size", models.PositiveBigIntegerField()),
                ("width", models.PositiveIntegerField(blank=True, null=True)),
                ("height", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "medium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="renditions", to="cases.mediafile"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="casereview",
            index=models.Index(fields=["mentor", "status"], name="review_by_mentor"),
        ),
        migrations.AddConstraint(
            model_name="casereview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "handed_over"), _negated=True),
                fields=("case", "mentor"),
                name="review_once_per_mentor",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["status", "due_at"], name="case_by_due"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["author", "status", "created_at"], name="case_by_author"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["author", "created_at", "id"], name="case_by_author_and_time"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["course", "status", "created_at"], name="case_by_course"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("taught_at__isnull", False)), fields=["created_at"], name="case_taught"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(fields=("author", "key"), name="case_draft_once"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released_by__isnull", True),
                    models.Q(("released_by", models.F("author")), _negated=True),
                    _connector="OR",
                ),
                name="case_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                    models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                    _connector="OR",
                ),
                name="case_released_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="mediafile",
            index=models.Index(fields=["case", "state"], name="medium_by_case"),
        ),
        migrations.AddIndex(
            model_name="mediaaccess",
            index=models.Index(fields=["medium", "at"], name="view_by_medium"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["sent_at", "at"], name="notice_unsent"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("person", "case", "kind", "about"), name="notice_once"),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.UniqueConstraint(fields=("case", "author", "key"), name="remark_once"),
        ),
        migrations.AddConstraint(
            model_name="rendition",
            constraint=models.UniqueConstraint(fields=("medium", "name"), name="rendition_once"),
        ),
    ]
