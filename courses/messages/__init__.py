"""The sentences people read for this app's error codes, one module per group of nouns."""

from typing import TYPE_CHECKING, Final

from courses.messages import assessments, cases, marks, media, outcomes, programme, reviews, trauma

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

SENTENCES: Final[dict[str, "_StrOrPromise"]] = {
    code: text
    for group in (programme, cases, media, marks, reviews, outcomes, assessments, trauma)
    for code, text in group.SENTENCES.items()
}
