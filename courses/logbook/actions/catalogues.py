"""Loading what the project brings along as data: instruments and procedures."""

import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "data"
_INSTRUMENT = ("code", "version", "titles", "source", "items", "is_summed")
_PROCEDURE = ("titles", "specialty", "acceptable", "unacceptable")


@cache
def instruments() -> tuple[dict[str, Any], ...]:
    """Every instrument of `courses/logbook/data/instruments/`, by code; read once."""
    paths = sorted((DATA / "instruments").glob("*.json"))
    return tuple(json.loads(path.read_text(encoding="utf-8")) for path in paths)


@cache
def procedures() -> tuple[dict[str, Any], ...]:
    """Every procedure of `courses/logbook/data/procedures.json`; read once."""
    return tuple(json.loads((DATA / "procedures.json").read_text(encoding="utf-8")))


def load_instruments(model: Any, using: str) -> None:
    """Add the versions that are missing and make those of the files the current ones. A version that is there is never
    changed: ratings were made with it. Idempotent; one query when there is nothing to do, at most four.

    `model` is `Instrument`, or what it was at the migration just run.
    """
    known = {(row.code, row.version): row for row in model.objects.using(using).defer("items", "source", "titles")}
    current = {(told["code"], told["version"]) for told in instruments()}
    new = [told for told in instruments() if (told["code"], told["version"]) not in known]
    rows = [model(**{name: told[name] for name in _INSTRUMENT}) for told in new]
    if rows:
        model.objects.using(using).bulk_create(rows, ignore_conflicts=True)
    for is_current in (False, True):
        wrong = [
            row.pk for key, row in known.items() if row.is_current is not is_current and (key in current) is is_current
        ]
        if wrong:
            model.objects.using(using).filter(pk__in=wrong).update(is_current=is_current)


def load_procedures(model: Any, using: str) -> None:
    """Add the procedures that are missing and write over what the file says otherwise. Idempotent; one query when there
    is nothing to do, at most three.
    """
    known = {row.code: row for row in model.objects.using(using).all()}
    new = [model(**told) for told in procedures() if told["code"] not in known]
    if new:
        model.objects.using(using).bulk_create(new, ignore_conflicts=True)
    changed = []
    for told in procedures():
        row = known.get(told["code"])
        if row and any(getattr(row, name) != told[name] for name in _PROCEDURE):
            for name in _PROCEDURE:
                setattr(row, name, told[name])
            changed.append(row)
    if changed:
        model.objects.using(using).bulk_update(changed, _PROCEDURE)
