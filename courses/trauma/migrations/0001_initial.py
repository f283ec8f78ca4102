import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import shared.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_initial"),
        ("programme", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TraumaRecord",
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
                ("answers", models.JSONField(default=dict)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trauma_records",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trauma_record",
                        to="cases.case",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trauma_records",
                        to="programme.course",
                    ),
                ),
            ],
            options={
                "verbose_name": "trauma record",
                "ordering": ["-id"],
                "constraints": [models.UniqueConstraint(fields=("author", "key"), name="trauma_record_once")],
            },
        ),
    ]
