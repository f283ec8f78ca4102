import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import shared.clock
import shared.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=shared.ids.public_id, editable=False, max_length=16, unique=True),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "way",
                    models.CharField(
                        choices=[("server", "through the server"), ("direct", "straight to the storage")],
                        default="server",
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("complete", "complete"),
                            ("done", "done"),
                            ("abandoned", "abandoned"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("size", models.PositiveBigIntegerField()),
                ("part_bytes", models.PositiveIntegerField()),
                ("storage_key", models.CharField(blank=True, max_length=200)),
                ("multipart_id", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(default=shared.clock.now, editable=False)),
                ("completed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uploads", to="cases.case"
                    ),
                ),
                (
                    "medium",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="upload",
                        to="cases.mediafile",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uploads", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="UploadPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("size", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("storage_key", models.CharField(max_length=200)),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="media.upload"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="AnnotationLayer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("frame", models.PositiveIntegerField(default=1)),
                ("shapes", models.JSONField(default=list)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField(default=shared.clock.now)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mark_layers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "medium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="layers", to="cases.mediafile"
                    ),
                ),
            ],
            options={
                "ordering": ["frame", "id"],
                "constraints": [models.UniqueConstraint(fields=("medium", "frame", "author"), name="mark_layer_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.UniqueConstraint(fields=("person", "key"), name="upload_once"),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gt", 0), ("part_bytes__gt", 0)), name="upload_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="uploadpart",
            constraint=models.UniqueConstraint(fields=("upload", "number"), name="upload_part_once"),
        ),
    ]
