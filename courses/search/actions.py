"""Keeping the search's words in step with cases and reviews."""

from datetime import datetime
from typing import Final

from django.db import transaction

from courses.cases.events import CaseApproved, CaseReleased, CaseSentBack, CaseSubmitted, CaseWithdrawn
from courses.cases.models import Case, CaseReview, CaseStatus, ReviewStatus
from courses.search import rules
from courses.search.models import SearchKind, SearchText
from web.bus import listen

_CASE_FIELDS = (
    "history",
    "exam",
    "labs",
    "imaging",
    "treatment",
    "constraints",
    "options_considered",
    "plan_without_answer",
)
MOST_AT_ONCE: Final = 500
_Event = CaseApproved | CaseReleased | CaseSentBack | CaseSubmitted | CaseWithdrawn
_UNSENT = (CaseStatus.DRAFT, CaseStatus.WITHDRAWN)


@transaction.atomic
def index(case: str) -> None:
    """Write anew what is searched of the case with this public id. Idempotent; a draft has nothing to find."""
    found = Case.objects.filter(public_id=case).first()
    if found is None:
        return
    SearchText.objects.filter(case=found).delete()
    if found.status not in _UNSENT:
        SearchText.objects.bulk_create(texts_of(found))


def index_missing(at: datetime) -> None:
    """Index what a server that died between a commit and its listeners left out. A periodic job."""
    left = Case.objects.exclude(status__in=_UNSENT).filter(search_texts=None)
    for case in left.values_list("public_id", flat=True)[:MOST_AT_ONCE]:
        index(case)


def follow() -> None:
    """Keep in step from now on; called in `AppConfig.ready`."""
    for event in (CaseSubmitted, CaseReleased, CaseSentBack, CaseWithdrawn, CaseApproved):
        listen(event, _of_event)


def _of_event(event: _Event) -> None:
    index(event.case)


def texts_of(case: Case) -> list[SearchText]:
    """The case's row and those of its approved reviews, not saved. Two queries."""
    rows = [_row(case, None, SearchKind.CASE, _title_of(case), "\n".join(getattr(case, name) for name in _CASE_FIELDS))]
    for review in case.reviews.filter(status=ReviewStatus.APPROVED).prefetch_related("recommendations"):
        said = [review.summary, *(item.text for item in review.recommendations.all())]
        rows.append(_row(case, review, SearchKind.REVIEW, review.learning_points, "\n".join(said)))
    return rows


def index_everything() -> int:
    """Every case anew, and how many that was: after an upgrade of the rules, or a restore."""
    known = list(Case.objects.exclude(status__in=_UNSENT).values_list("public_id", flat=True))
    for case in known:
        index(case)
    return len(known)


def _title_of(case: Case) -> str:
    labels = (str(case.get_specialty_display()), case.code, case.icd10)
    return " ".join(part for part in (case.diagnosis, case.main_question, *labels) if part)


def _row(case: Case, review: CaseReview | None, kind: SearchKind, title: str, body: str) -> SearchText:
    language = case.language if case.language in rules.LANGUAGES else "es"
    return SearchText(
        case=case,
        review=review,
        kind=kind,
        language=language,
        title=rules.fold(title),
        body=rules.fold(body),
        title_stems=" ".join(rules.stems(title, language)),
        stems=" ".join(rules.stems(body, language)),
    )
