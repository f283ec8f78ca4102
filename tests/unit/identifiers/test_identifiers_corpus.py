"""How much is found in invented notes, and how much of what is found is right. `pytest -s` prints the table."""

import pytest

from courses.identifiers import Kind
from tests.unit.identifiers import scoring

IDS = frozenset(Kind) - {Kind.NAME, Kind.PLACE}


def test_notes_that_mended_the_patterns() -> None:
    score = scoring.score(scoring.notes("es", "pt", "en", "later"))
    print(f"\n{score.table()}\nmissed: {score.missed}\nwrong: {score.wrong}")
    assert [kind for kind in IDS if score.recall(kind) < 0.99] == []
    assert (score.recall(Kind.NAME) >= 0.95, score.recall(Kind.PLACE) >= 0.9) == (True, True)
    assert [kind for kind in Kind if score.precision(kind) < 0.95] == []


def test_notes_that_came_last() -> None:
    """What the next note can expect: lower for names, which no list has all of."""
    score = scoring.score(scoring.notes("unseen"))
    print(f"\n{score.table()}\nmissed: {score.missed}\nwrong: {score.wrong}")
    assert (score.recall(*IDS) >= 0.99, score.recall(Kind.NAME) >= 0.8, score.recall(Kind.PLACE) >= 0.9) == (True,) * 3
    assert score.precision(*Kind) >= 0.95


@pytest.mark.parametrize("file", ["clean", "unseen_clean"])
def test_clean_notes(file: str) -> None:
    notes = scoring.notes(file)
    score = scoring.score(notes)
    print(f"\n{file}: {score.findings.total()} findings in {len(notes)} notes: {score.wrong}")
    assert score.findings.total() <= 0.1 * len(notes)


def test_the_notes_are_as_many_as_the_document_says() -> None:
    counts = {name: len(scoring.notes(name)) for name in ("es", "pt", "en", "later", "unseen", "clean", "unseen_clean")}
    assert counts == {"es": 20, "pt": 20, "en": 20, "later": 12, "unseen": 12, "clean": 40, "unseen_clean": 10}
    marked = scoring.score(scoring.notes("es", "pt", "en", "later")).marked
    assert set(marked) == set(Kind)
