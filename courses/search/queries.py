"""Searching cases and reviews: PostgreSQL's full text, or FTS5 on SQLite, cut to what the person may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, FloatField, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from accounts.models import Person
from courses.cases.models import Case
from courses.cases.queries import visible_cases
from courses.search import rules
from courses.search.models import SearchText

PER_PAGE = 20
_DICTIONARIES = ("spanish", "english", "portuguese")
_THEN = ("-case_id", "pk")


@dataclass(frozen=True, slots=True)
class Hit:
    """A case, and whether the words stand in a review of it rather than in the case itself."""

    case: Case
    is_review: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits, the best first; `has_more` when another follows."""

    hits: list[Hit]
    has_more: bool


def find(*, person: Person, question: str, on: date, page: int = 1) -> Found:
    """What this person may see of what the question's words all stand in. Pages count from 1. Two queries at most."""
    if not rules.words(question):
        return Found([], False)
    start = (page - 1) * PER_PAGE
    seen = visible_cases.cases_of(person, on).filter(pk=OuterRef("case_id"))
    rows = list(
        _matching(question).filter(Exists(seen)).values_list("case_id", "review_id")[start : start + PER_PAGE + 1]
    )
    cases = Case.objects.select_related("author", "course").in_bulk([case for case, _ in rows])
    hits = [Hit(cases[case], review is not None) for case, review in rows[:PER_PAGE]]
    return Found(hits, len(rows) > PER_PAGE)


def _matching(question: str) -> QuerySet[SearchText]:
    """Rows that have every word in some form, the best first, then the latest."""
    asked = rules.asked(question)
    if connection.vendor == "postgresql":
        return _on_postgresql(asked)
    return _on_sqlite(asked)


def _on_postgresql(asked: Sequence[tuple[str, ...]]) -> QuerySet[SearchText]:
    """Each word as each language's dictionary reads it; the last word may be half typed."""
    wanted, values = [], []
    for forms in asked:
        readings = [(f"plainto_tsquery('{name}', %s)", forms[0]) for name in _DICTIONARIES]
        readings += [("plainto_tsquery('simple', %s)", form) for form in forms]
        if forms is asked[-1]:
            readings.append(("to_tsquery('simple', %s)", f"'{forms[0]}':*"))
        wanted.append(f"({' || '.join(reading for reading, _ in readings)})")
        values += [form for _, form in readings]
    query = " && ".join(wanted)
    rank = RawSQL(f"-ts_rank(search_searchtext.vector, ({query}))", values, output_field=FloatField())  # noqa: S611
    where = f"search_searchtext.vector @@ ({query})"  # constants and %s alone
    matching: QuerySet[SearchText] = SearchText.objects.extra(where=[where], params=values)  # noqa: S610
    return matching.annotate(rank=rank).order_by("rank", *_THEN)


def _on_sqlite(asked: Sequence[tuple[str, ...]]) -> QuerySet[SearchText]:
    """FTS5 over the stems; the last word may be half typed."""
    wanted = [" OR ".join(f'"{form}"' for form in forms) for forms in asked]
    wanted[-1] += f' OR "{asked[-1][0]}"*'
    match = " AND ".join(f"({word})" for word in wanted)
    # A join, so that the index is read once: a subquery for each rank reads it again for every row.
    rank = RawSQL("bm25(search_searchtext_fts, 4.0, 1.0)", [], output_field=FloatField())
    matching: QuerySet[SearchText] = SearchText.objects.extra(
        tables=["search_searchtext_fts"],
        where=["search_searchtext_fts MATCH %s", "search_searchtext_fts.rowid = search_searchtext.id"],
        params=[match],
    )
    return matching.annotate(rank=rank).order_by("rank", *_THEN)
