"""Everything a trainee takes along, as JSON that another system can read."""

import json
from typing import Any, Final

from courses.logbook.exports.record import Record
from courses.logbook.exports.tables import case_code
from courses.logbook.models import LogbookEntry, Rating
from shared.clock import iso

FORMAT: Final = "anfiteatro-logbook-1"


def as_json(record: Record) -> bytes:
    """UTF-8. Entries with the ratings the trainee may read, and the instruments these were made with, word by word."""
    rated = list(record.rated())
    used = {(shown.rating.instrument.code, shown.rating.instrument.version): shown.rating for _, shown in rated}
    procedures = {entry.procedure.code: entry.procedure for entry in record.entries}
    content = {
        "format": FORMAT,
        "made_at": iso(record.made_at),
        "trainee": {"name": record.trainee.full_name, "email": record.trainee.email},
        "procedures": [
            {"code": row.code, "titles": row.titles, "specialty": row.specialty} for row in procedures.values()
        ],
        "instruments": [
            {
                "code": rating.instrument.code,
                "version": rating.instrument.version,
                "titles": rating.instrument.titles,
                "source": rating.instrument.source,
                "items": rating.instrument.items,
            }
            for rating in used.values()
        ],
        "entries": [
            _entry(entry) | {"ratings": [_rating(shown.rating) for shown in record.ratings.get(entry.pk, ())]}
            for entry in record.entries
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _entry(entry: LogbookEntry) -> dict[str, Any]:
    return {
        "id": entry.public_id,
        "performed_on": entry.performed_on.isoformat(),
        "procedure": entry.procedure.code,
        "role": entry.role,
        "autonomy": entry.autonomy,
        "complexity": entry.complexity,
        "result": entry.result,
        "note": entry.note,
        "session": entry.session.title if entry.session else "",
        "mission": entry.mission.title if entry.mission else "",
        "case": case_code(entry),
        "created_at": iso(entry.created_at),
    }


def _rating(rating: Rating) -> dict[str, Any]:
    return {
        "instrument": rating.instrument.code,
        "version": rating.instrument.version,
        "rater": rating.rater.full_name,
        "role": rating.role,
        "mode": rating.mode,
        "scores": rating.scores,
        "went_well": rating.went_well,
        "to_improve": rating.to_improve,
        "rated_at": iso(rating.rated_at),
    }
