"""What error codes of media and annotations mean, in words."""

from typing import TYPE_CHECKING, Final

from courses.media.messages import annotations, media

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

SENTENCES: Final[dict[str, "_StrOrPromise"]] = annotations.SENTENCES | media.SENTENCES
