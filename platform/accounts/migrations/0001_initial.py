import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import shared.clock
import shared.ids
import shared.plain_text
import web.model_fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="FirstLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(default=shared.clock.now, editable=False)),
                ("expires_at", models.DateTimeField(editable=False)),
            ],
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name", web.model_fields.Line(max_length=120, unique=True, verbose_name="name")),
                (
                    "sort_key",
                    web.model_fields.Derived(
                        blank=True,
                        default="",
                        editable=False,
                        key=shared.plain_text.sort_key,
                        max_length=480,
                        of=("name",),
                    ),
                ),
                ("created_at", models.DateTimeField(default=shared.clock.now, editable=False)),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ["sort_key", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "public_id",
                    models.CharField(default=shared.ids.public_id, editable=False, max_length=16, unique=True),
                ),
                ("email", web.model_fields.Address(max_length=254, unique=True, verbose_name="e-mail")),
                ("full_name", web.model_fields.Line(blank=True, max_length=120, verbose_name="name")),
                (
                    "profession",
                    models.CharField(
                        blank=True,
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
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                ("region", models.CharField(blank=True, max_length=6, verbose_name="province or region")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[("es", "Spanish"), ("en", "English"), ("pt", "Portuguese")],
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                (
                    "folded",
                    web.model_fields.Derived(
                        blank=True,
                        default="",
                        editable=False,
                        key=shared.plain_text.folded,
                        max_length=500,
                        of=("full_name", "email", "institution"),
                    ),
                ),
                (
                    "sort_key",
                    web.model_fields.Derived(
                        blank=True,
                        default="",
                        editable=False,
                        key=shared.plain_text.sort_key,
                        max_length=480,
                        of=("full_name",),
                    ),
                ),
                ("is_staff", models.BooleanField(default=False)),
                ("is_active", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField(default=shared.clock.now, editable=False)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
            },
        ),
        migrations.CreateModel(
            name="Licence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                ("kind", web.model_fields.Line(max_length=30, verbose_name="kind")),
                ("number", web.model_fields.Line(max_length=30, verbose_name="number")),
                ("jurisdiction", web.model_fields.Line(blank=True, max_length=60, verbose_name="jurisdiction")),
                ("profession", models.CharField(blank=True, max_length=20, verbose_name="profession")),
                ("specialty", web.model_fields.Line(blank=True, max_length=80, verbose_name="specialty")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("declared", "declared by the person"),
                            ("verified", "verified"),
                            ("rejected", "not confirmed"),
                        ],
                        default="declared",
                        max_length=10,
                    ),
                ),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="licences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="verified_licences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "licence",
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("coordinator", "Coordinator"),
                            ("verifier", "Verifier of licences"),
                            ("mentor", "Mentor"),
                            ("trainee", "Trainee"),
                        ],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("given_at", models.DateTimeField(default=shared.clock.now, editable=False)),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="given_memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "role in an organisation",
                "verbose_name_plural": "roles in organisations",
            },
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"), name="person_email_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="licence",
            constraint=models.UniqueConstraint(
                fields=("person", "country", "kind", "number", "jurisdiction"), name="licence_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("organisation", "person", "role"), name="membership_once"),
        ),
    ]
