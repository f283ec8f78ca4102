"""The sentences people read for the error codes of trauma."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

SENTENCES: Final[dict[str, "_StrOrPromise"]] = {}
