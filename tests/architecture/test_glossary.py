"""docs/glossary.md tells newcomers what our words mean: its Spanish and Portuguese are those of the pages."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

ROOT: Path = settings.BASE_DIR
TEXT = (ROOT / "docs" / "glossary.md").read_text()
WORDS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if line.startswith("|") and line.count("|") == 5 and not line.startswith(("|---", "| word"))
]


def translations(language: str) -> str:
    """Everything that pages say in this language, in one text."""
    with (ROOT / "platform/web/locale" / language / "LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    texts = [message.string for message in catalogue]
    return "\n".join(" ".join(text) if isinstance(text, tuple) else str(text) for text in texts).lower()


@pytest.mark.parametrize(("column", "language"), [(2, "es"), (3, "pt")])
def test_a_word_is_the_one_that_pages_use(column: int, language: str) -> None:
    said = translations(language)
    told = [word for row in WORDS for word in re.split(r", ", row[column]) if word != "–"]
    assert len(told) > 30
    assert [word for word in told if word.lower() not in said] == []


def test_no_word_is_told_twice() -> None:
    words = [row[0] for row in WORDS]
    assert sorted(words) == sorted(set(words))
