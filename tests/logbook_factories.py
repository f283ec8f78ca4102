"""Plain functions that make logbook entries, requests and ratings: sensible defaults, every field overridable."""

from datetime import date
from typing import Any

from accounts.models import Person
from courses.logbook.actions import assessments
from courses.logbook.models import Instrument, LogbookEntry, Procedure, Rating, RatingRequest
from courses.logbook.rules.assessments import scored, span
from shared.clock import now
from tests import factories


def procedure(code: str = "cleft-lip") -> Procedure:
    """One of those the project brings along."""
    return Procedure.objects.get(code=code)


def instrument(code: str = "osats") -> Instrument:
    """The current version."""
    return Instrument.objects.get(code=code, is_current=True)


def entry(**fields: Any) -> LogbookEntry:
    """A cleft lip, done under supervision, that went as intended."""
    if "trainee" not in fields:
        fields["trainee"] = factories.person(full_name="Rosa Trainee")
    if "procedure" not in fields:
        fields["procedure"] = procedure()
    defaults = {"performed_on": date(2026, 11, 2), "role": "supervised", "autonomy": 3, "result": "success"}
    return LogbookEntry.objects.create(**defaults | fields)


def request(**fields: Any) -> RatingRequest:
    """Of a rater nobody knows, by OSATS."""
    if "entry" not in fields:
        fields["entry"] = entry()
    if "rater" not in fields:
        fields["rater"] = factories.person(full_name="Ingrid Mentor")
    fields.setdefault("instrument", instrument())
    return RatingRequest.objects.create(**fields)


def scores(used: Instrument, score: int = 3) -> dict[str, int]:
    """The same for every item, as far as its scale goes."""
    return {item["code"]: min(score, span(item)[1]) for item in scored(used.items)}


def sheet(used: Instrument, score: int = 3, **fields: Any) -> assessments.Sheet:
    return assessments.Sheet(**{"scores": scores(used, score)} | fields)


def answer(asked: RatingRequest, score: int = 4, **fields: Any) -> Rating:
    """Whoever was asked rates."""
    filled = sheet(asked.instrument, score, **{"went_well": "Calm hands."} | fields)
    return assessments.rate(by=asked.rater, request=asked, role="mission", mode="in_room", sheet=filled, at=now())


def answer_self(one: LogbookEntry, code: str = "osats", score: int = 2, **fields: Any) -> Rating:
    """The trainee rates themselves."""
    used = instrument(code)
    filled = sheet(used, score, **{"went_well": "I kept the plan."} | fields)
    return assessments.rate_self(by=one.trainee, entry=one, instrument=used, sheet=filled, at=now())


def posted(used: Instrument, person: Person | None = None, score: int = 4, **fields: Any) -> dict[str, Any]:
    """The form of a rating as a browser sends it; with a person, as whoever was asked."""
    told = {f"item-{code}": str(value) for code, value in scores(used, score).items()}
    who = {"role": "mission", "mode": "in_room"} if person else {}
    return {"key": "0d6e9d6a-4f6f-4c52-8c9f-0b9a3b3a7a11"} | told | who | fields
