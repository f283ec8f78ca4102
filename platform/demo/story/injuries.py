"""Forty invented records of the trauma registry, so that its charts show something."""

import random
from typing import Final
from uuid import UUID, uuid5

from courses.programme.models import Course
from courses.trauma import actions
from courses.trauma.models import TraumaRecord
from courses.trauma.rules.fields import REGIONS
from courses.trauma.rules.scores import UNKNOWN
from demo.accounts import ACCOUNTS
from demo.story.programme import People

_NAMES: Final = UUID("0a3c1f9e-7d0b-4d0c-9a44-6c6f7d1a2b33")
_COUNT: Final = 40
_COURSE: Final = "cirugia-pediatrica-loreto"
_MECHANISMS: Final = ("2", "2", "2", "4", "1", "7", "9", "10", "11", "3")


def load(courses: dict[str, Course], cast: People) -> None:
    """Once: found again by their keys."""
    author = cast[ACCOUNTS["trainee"].email]
    if TraumaRecord.objects.filter(author=author).exists():
        return
    chance = random.Random(2)  # noqa: S311 - the same records everywhere
    for number in range(_COUNT):
        actions.add(by=author, key=uuid5(_NAMES, str(number)), answers=_answers(chance), course=courses[_COURSE])


def _answers(chance: random.Random) -> dict[str, str]:
    is_bad = chance.random() < 0.2
    disposition = "6" if is_bad and chance.random() < 0.4 else chance.choice("123")
    told = {
        "arrival_year": "2026",
        "arrival_hour": str(chance.choice((7, 11, 18, 19, 20, 21, 22, 23, 1))),
        "injury_days_before": chance.choice("0001"),
        "injury_hour": str(chance.choice((6, 10, 16, 17, 18, 19, 20))),
        "age": str(chance.randint(3, 70)),
        "age_unit": "y",
        "sex": chance.choice("122"),
        "district": chance.choice("12345"),
        "mechanism": chance.choice(_MECHANISMS),
        "intent": chance.choice("1113"),
        "alcohol": chance.choice(("1", "2", UNKNOWN)),
        "sbp": str(chance.randint(40, 88) if is_bad else chance.randint(90, 140)),
        "rr": str(chance.randint(26, 36) if is_bad else chance.randint(12, 24)),
        "spo2": str(chance.randint(80, 99)),
        "avpu": chance.choice("VP") if is_bad else "A",
        "serious_injuries": chance.choice("12") if is_bad else chance.choice("001"),
        "transfusion": "1" if is_bad else "2",
        "disposition": disposition,
        "stay_days": str(chance.randint(0, 20)),
        "status_discharge": "" if disposition == "6" else chance.choice("11"),
    }
    hurt = set(chance.sample(REGIONS, 2))
    return told | {f"region_{region}": chance.choice("1234") if region in hurt else "0" for region in REGIONS}
