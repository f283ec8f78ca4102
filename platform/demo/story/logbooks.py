"""The trainee's logbook of the demonstration: two procedures over four months, some of them rated by the mentor."""

import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from courses.logbook.models import (
    Instrument,
    LogbookEntry,
    Procedure,
    RaterRole,
    Rating,
    RatingMode,
    RatingRequest,
    Result,
    SurgeonRole,
)
from demo.accounts import ACCOUNTS
from demo.story.programme import People

_NAMES: Final = UUID("b0a6d0f0-3b5e-4f0e-8f0c-2a0c7d9e4a55")
# Procedure, and what became of each case in its order: + as intended, - not.
_CASES: Final = (("cleft-lip", "+-++++++-+++++"), ("appendectomy-open", "+++-++++++"))
_ROLES: Final = (SurgeonRole.ASSISTED, SurgeonRole.PART, SurgeonRole.SUPERVISED, SurgeonRole.ALONE)
_RATED: Final = 3  # the last so many of the first procedure
_EVERY: Final = timedelta(days=8)


def load(cast: People, *, at: datetime) -> None:
    """Once: a logbook that has entries is the trainee's own affair."""
    trainee = cast[ACCOUNTS["trainee"].email]
    if LogbookEntry.objects.filter(trainee=trainee).exists():
        return
    chance = random.Random(1)  # noqa: S311 - the same logbook everywhere
    procedures = Procedure.objects.in_bulk([code for code, _ in _CASES], field_name="code")
    entries = []
    for code, results in _CASES:
        for number, sign in enumerate(results):
            stage = number * len(_ROLES) // len(results)
            entries.append(
                LogbookEntry(
                    trainee=trainee,
                    key=uuid5(_NAMES, f"{code} {number}"),
                    procedure=procedures[code],
                    performed_on=_day(at, len(results) - number, code),
                    role=_ROLES[stage],
                    autonomy=stage + 1,
                    complexity=chance.choice((1, 2, 2, 3)),
                    result=Result.SUCCESS if sign == "+" else Result.FAILURE,
                    created_at=at,
                )
            )
    LogbookEntry.objects.bulk_create(entries)
    _rate(trainee.logbook.filter(procedure__code=_CASES[0][0])[:_RATED], cast, at, chance)


def _day(at: datetime, cases_ago: int, code: str) -> date:
    return (at - cases_ago * _EVERY - timedelta(days=3 * (code == _CASES[1][0]))).date()


def _rate(entries: Iterable[LogbookEntry], cast: People, at: datetime, chance: random.Random) -> None:
    """By the mentor and by the trainee, so that both see both."""
    trainee, mentor = (cast[ACCOUNTS[role].email] for role in ("trainee", "mentor"))
    instrument = Instrument.objects.get(code="osats", is_current=True)
    for entry in entries:
        RatingRequest.objects.create(entry=entry, rater=mentor, instrument=instrument, asked_at=at)
        for rater, role in ((trainee, RaterRole.SELF), (mentor, RaterRole.MISSION)):
            Rating.objects.create(
                entry=entry,
                instrument=instrument,
                rater=rater,
                role=role,
                mode=RatingMode.IN_ROOM,
                scores={item["code"]: chance.choice((3, 4, 4, 5)) for item in instrument.items},
                went_well="Marcado simétrico y manejo cuidadoso del tejido." if rater == mentor else "",
                to_improve="Liberar más el músculo antes de cerrar." if rater == mentor else "",
                rated_at=at,
            )
