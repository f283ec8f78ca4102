"""What error codes of cases and their reviews mean, in words."""

from typing import Final

from courses.cases.messages import cases, reviews
from shared.texts import Text

SENTENCES: Final[dict[str, Text]] = cases.SENTENCES | reviews.SENTENCES
