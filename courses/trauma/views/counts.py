"""What the trauma registry counts: how complete it is, its charts, its files."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import for_people
from accounts.models import Person
from courses.trauma.policies import may_see_registry, may_write_trauma
from courses.trauma.queries import charts as trauma_charts
from courses.trauma.queries import records
from courses.trauma.queries.charts import Counted
from courses.trauma.rules.fields import COLUMNS, FIELDS, Column, completeness
from courses.trauma.rules.scores import UNKNOWN
from courses.trauma.rules.suppression import SMALLEST
from courses.trauma.terms import COLUMNS as LABELS
from courses.trauma.terms import FIELDS as TITLES
from courses.trauma.terms import NOT_KNOWN, codes_of
from web import csv_files

_CSV = "text/csv; charset=utf-8"


@require_safe
@for_people
def complete(request: HttpRequest, person: Person) -> HttpResponse:
    """How often each field is known, of one's own records; of their organisations' for coordinators."""
    _check(person)
    everybody = may_see_registry(person)
    answers = records.answers(records.readable(person))
    rows = [{"title": TITLES[one.field.name], "told": one} for one in completeness(answers)]
    context = {"rows": rows, "total": len(answers), "everybody": everybody}
    return render(request, "trauma/completeness.html", context)


@require_safe
@for_people
def charts(request: HttpRequest, person: Person) -> HttpResponse:
    """Their organisations' for coordinators; for others their own records, or their courses' with small counts left
    out.
    """
    _check(person)
    everybody, mine = may_see_registry(person), request.GET.get("of") == "mine"
    open_ones = records.written_by(person) if mine else records.readable(person)
    shown = open_ones if everybody or mine else records.records_of_courses(person)
    told = trauma_charts.charts(records.answers(shown), is_open=everybody or mine)
    outcomes = _words("status_30d") | {UNKNOWN: NOT_KNOWN}
    groups = {UNKNOWN: NOT_KNOWN}
    context = {
        "mine": mine,
        "everybody": everybody,
        "is_open": everybody or mine,
        "smallest": SMALLEST,
        "total": told.total,
        "bars": [
            {"title": _("Mechanism"), "rows": _bars(told.mechanism, _words("mechanism"))},
            {"title": _("Injured regions"), "rows": _bars(told.region, _regions())},
            {"title": _("Outcome"), "rows": _bars(told.outcome, outcomes)},
        ],
        "hours": _bars(told.hour, {}),
        "hour_bars": _upright(told.hour),
        "outcomes": [(number, outcomes[code]) for number, code in enumerate(trauma_charts.OUTCOMES, start=1)],
        "scores": [_stacked(groups.get(name, name), cells) for name, cells in told.by_score],
    }
    return render(request, "trauma/charts.html", context)


@require_safe
@for_people
def export(request: HttpRequest, person: Person) -> HttpResponse:
    """The registry of one's organisations, a row per record in the order of their codes, which mean nothing."""
    if not may_see_registry(person):
        raise PermissionDenied
    return _file(csv_files.encode(records.header(), records.table(person), _separator(request)), "trauma-registry")


@require_safe
@for_people
def dictionary(request: HttpRequest, person: Person) -> HttpResponse:
    """What the columns and codes of that file mean, in the reader's language."""
    _check(person)
    header = (_("Number"), _("Field"), _("Column"), _("Meaning"), _("Values"), _("Not known"), _("Source"))
    rows = [
        (number, str(TITLES[field.name]), column.name, str(LABELS[column.name]), _values(column), *_last(column, field))
        for number, field in enumerate(FIELDS, start=1)
        for column in field.columns
    ]
    return _file(csv_files.encode(header, rows, _separator(request)), "trauma-dictionary")


def _check(person: Person) -> None:
    if not may_write_trauma(person):
        raise PermissionDenied


def _last(column: Column, field: Any) -> tuple[str, str]:
    return column.unknown, field.source


def _values(column: Column) -> str:
    if column.is_number:
        return f"{column.low}–{column.high}"
    return "; ".join(f"{code} = {text}" for code, text in codes_of(column.name).items())


def _words(column: str) -> dict[str, Any]:
    return dict(codes_of(column))


def _regions() -> dict[str, Any]:
    prefix = "region_"
    return {name.removeprefix(prefix): LABELS[name] for name in COLUMNS if name.startswith(prefix)}


def _bars(counted: Counted, words: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows with the width of their bar in percent of the longest."""
    named = {UNKNOWN: NOT_KNOWN} | words
    return [
        {"label": named.get(code, code), "count": count, "width": round(100 * (count or 0) / (counted.most or 1), 1)}
        for code, count in counted.rows
    ]


def _upright(counted: Counted) -> list[dict[str, Any]]:
    """Bars of the hours of the day, standing on a line 34 units down; every sixth has its hour below. One that is not
    shown is as high as any other that is not.
    """
    drawn = []
    for hour, (code, count) in enumerate(counted.rows[:-1]):
        height = 3.0 if count is None else round(34 * count / (counted.most or 1), 1)
        place = {"x": 4 * hour, "y": round(34 - height, 1), "height": height, "is_hidden": count is None}
        drawn.append(place | {"tick": hour % 6 == 0, "label": code})
    return drawn


def _stacked(label: Any, cells: tuple[int | None, ...]) -> dict[str, Any]:
    """One row of the score by outcome, its parts side by side in percent of what is shown."""
    total = sum(count or 0 for count in cells)
    parts, start = [], 0.0
    for number, count in enumerate(cells, start=1):
        width = 100 * (count or 0) / total if total else 0.0
        parts.append({"number": number, "x": round(start, 1), "width": round(width, 1)})
        start += width
    return {"label": label, "cells": cells, "parts": parts}


def _separator(request: HttpRequest) -> csv_files.Separator:
    return csv_files.chosen(request.GET.get("separator"))


def _file(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=_CSV, headers={"Content-Disposition": f'attachment; filename="{name}.csv"'}
    )
