"""What error codes of cases and their reviews mean, in words."""

from typing import TYPE_CHECKING, Final

from courses.cases.messages import cases, reviews

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

SENTENCES: Final[dict[str, "_StrOrPromise"]] = cases.SENTENCES | reviews.SENTENCES
