"""What error codes of media and annotations mean, in words."""

from typing import Final

from courses.media.messages import annotations, media
from shared.texts import Text

SENTENCES: Final[dict[str, Text]] = annotations.SENTENCES | media.SENTENCES
