"""What the search reads: the words of cases and of approved reviews, without accents."""

from django.conf import settings
from django.db import models

from courses.cases.models.cases import Case
from courses.cases.models.reviews import CaseReview


class SearchKind(models.TextChoices):
    CASE = "case"
    REVIEW = "review"


class SearchText(models.Model):
    """One row per case, and one per approved review. `title` and `body` are folded (`courses.search.rules.fold`);
    `title_stems` and `stems` are their words' stems, for SQLite. PostgreSQL keeps a `vector` beside them, in the row's
    language; SQLite a full-text table fed by triggers. Both are made by the migration after the first, and a later
    migration that rebuilds this table on SQLite must make the triggers again.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="search_texts")
    review = models.OneToOneField(CaseReview, models.CASCADE, null=True, blank=True, related_name="search_text")
    kind = models.CharField(max_length=8, choices=SearchKind)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    title = models.TextField()
    body = models.TextField()
    title_stems = models.TextField(blank=True)
    stems = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(review__isnull=True), name="search_text_once_per_case"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.case_id}"
