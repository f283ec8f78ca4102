import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("case", "Case"), ("review", "Review")], max_length=8)),
                (
                    "language",
                    models.CharField(
                        choices=[("es", "Spanish"), ("en", "English"), ("pt", "Portuguese")], max_length=5
                    ),
                ),
                ("title", models.TextField()),
                ("body", models.TextField()),
                ("title_stems", models.TextField(blank=True)),
                ("stems", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="search_texts", to="cases.case"
                    ),
                ),
                (
                    "review",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_text",
                        to="cases.casereview",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("review__isnull", True)), fields=("case",), name="search_text_once_per_case"
                    )
                ],
            },
        ),
    ]
