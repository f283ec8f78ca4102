import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import shared.clock
import shared.ids
import web.model_fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_initial"),
        ("programme", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Procedure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("titles", models.JSONField(default=dict)),
                ("specialty", models.CharField(blank=True, max_length=20)),
                ("acceptable", models.FloatField(default=0.05)),
                ("unacceptable", models.FloatField(default=0.1)),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Instrument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=20)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("titles", models.JSONField(default=dict)),
                ("source", models.TextField(blank=True)),
                ("items", models.JSONField(default=list)),
                ("is_summed", models.BooleanField(default=False)),
                ("is_current", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["code", "-version"],
                "constraints": [models.UniqueConstraint(fields=("code", "version"), name="instrument_version_once")],
            },
        ),
        migrations.CreateModel(
            name="LogbookEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=shared.ids.public_id, editable=False, max_length=16, unique=True),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("performed_on", models.DateField(verbose_name="date")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("observed", "Watched"),
                            ("assisted", "Assisted"),
                            ("part", "Did a part"),
                            ("supervised", "Did it, supervised"),
                            ("alone", "Did it alone"),
                            ("taught", "Taught it"),
                        ],
                        max_length=10,
                        verbose_name="your part",
                    ),
                ),
                (
                    "autonomy",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "Show and tell"),
                            (2, "Active help"),
                            (3, "Passive help"),
                            (4, "Supervision only"),
                        ],
                        null=True,
                        verbose_name="autonomy",
                    ),
                ),
                ("complexity", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="complexity")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("success", "As intended"),
                            ("failure", "Not as intended"),
                            ("unknown", "Not known yet"),
                        ],
                        default="unknown",
                        max_length=8,
                        verbose_name="result",
                    ),
                ),
                ("note", web.model_fields.Paragraphs(blank=True, verbose_name="note")),
                ("created_at", models.DateTimeField(default=shared.clock.now, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="logbook_entries",
                        to="cases.case",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="logbook_entries",
                        to="programme.mission",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="logbook_entries",
                        to="programme.session",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="logbook", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="logbook.procedure",
                        verbose_name="procedure",
                    ),
                ),
            ],
            options={
                "verbose_name": "logbook entry",
                "ordering": ["-performed_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=shared.ids.public_id, editable=False, max_length=16, unique=True),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("self", "The trainee"),
                            ("local", "Local surgeon"),
                            ("remote", "Remote mentor"),
                            ("mission", "Mission surgeon"),
                        ],
                        max_length=8,
                        verbose_name="rated as",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("in_room", "In the operating room"),
                            ("live_video", "From live video"),
                            ("recording", "From a recording"),
                        ],
                        max_length=10,
                        verbose_name="seen",
                    ),
                ),
                ("scores", models.JSONField(default=dict)),
                ("went_well", web.model_fields.Paragraphs(blank=True, verbose_name="what went well")),
                ("to_improve", web.model_fields.Paragraphs(blank=True, verbose_name="what to do differently")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("rated_at", models.DateTimeField(default=shared.clock.now)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to="logbook.logbookentry"
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to="logbook.instrument"
                    ),
                ),
                (
                    "rater",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings_given",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["rated_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="RatingRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=shared.ids.public_id, editable=False, max_length=16, unique=True),
                ),
                ("asked_at", models.DateTimeField(default=shared.clock.now)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rating_requests",
                        to="logbook.logbookentry",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rating_requests",
                        to="logbook.instrument",
                    ),
                ),
                (
                    "rater",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rating_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="SelfRatingWaiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("waived_at", models.DateTimeField(default=shared.clock.now)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="waivers", to="logbook.logbookentry"
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="waivers", to="logbook.instrument"
                    ),
                ),
            ],
            options={
                "ordering": ["waived_at", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="logbookentry",
            index=models.Index(fields=["trainee", "procedure", "performed_on"], name="logbook_by_procedure"),
        ),
        migrations.AddConstraint(
            model_name="logbookentry",
            constraint=models.UniqueConstraint(fields=("trainee", "key"), name="logbook_entry_once"),
        ),
        migrations.AddConstraint(
            model_name="logbookentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("case__isnull", False)), fields=("trainee", "case"), name="logbook_case_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(fields=("entry", "instrument", "rater"), name="rating_once"),
        ),
        migrations.AddConstraint(
            model_name="ratingrequest",
            constraint=models.UniqueConstraint(fields=("entry", "rater", "instrument"), name="rating_asked_once"),
        ),
        migrations.AddConstraint(
            model_name="selfratingwaiver",
            constraint=models.UniqueConstraint(fields=("entry", "instrument"), name="self_rating_waived_once"),
        ),
    ]
