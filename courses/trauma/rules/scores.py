"""The Kampala Trauma Score, the hours to the hospital, and the outcome of a record of the registry.

The score: Kobusingye and Lett, J Trauma 2000;48:498-502, made for hospitals without a laboratory to wait for. Its
second version of ten points, KTS II, is of 2002; it is compared with others by Mutooro and others, East Cent Afr J
Surg 2010;15(1):62-71, and Damulira and others, BMC Emerg Med 2024, doi 10.1186/s12873-024-01048-0. The points here
are those of KTS II as this project's sources give them: 10 is best, 0 is worst. Limits belong to the side named: 5 and
55 years count as between, a pressure of 89 as low, of 49 as very low, 29 breaths as normal, 9 as too few. The
intervals of pressure and breaths are those of the Revised Trauma Score, which both go back to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

AVPU_POINTS: Final[Mapping[str, int]] = {"A": 3, "V": 2, "P": 1, "U": 0}
SERIOUS_POINTS: Final[Mapping[str, int]] = {"0": 2, "1": 1, "2": 0}  # "2" is two or more
MOST: Final[Mapping[str, int]] = {"age": 1, "sbp": 2, "rr": 2, "avpu": 3, "serious": 2}
UNKNOWN: Final = "UNK"
DIED: Final = "3"  # of both columns of status


@dataclass(frozen=True, slots=True)
class Score:
    """From `low` to `high`; they are one number where every part is known. `missing` names the parts that are not."""

    low: int
    high: int
    missing: tuple[str, ...]

    @property
    def is_exact(self) -> bool:
        return not self.missing


def kampala(*, age: int | None, sbp: int | None, rr: int | None, avpu: str | None, serious: str | None) -> Score:
    """The score of age (whole years), systolic pressure (mmHg), breaths a minute, AVPU and serious injuries ("0", "1",
    "2" for two or more). What is not known counts as its worst and as its best, never as a guess.
    """
    points = {
        "age": None if age is None else int(5 <= age <= 55),
        "sbp": None if sbp is None else (2 if sbp > 89 else 1 if sbp >= 50 else 0),
        "rr": None if rr is None else (0 if rr < 10 else 2 if rr < 30 else 1),
        "avpu": None if avpu is None else AVPU_POINTS[avpu],
        "serious": None if serious is None else SERIOUS_POINTS[serious],
    }
    known = sum(got for got in points.values() if got is not None)
    missing = tuple(name for name, got in points.items() if got is None)
    return Score(known, known + sum(MOST[name] for name in missing), missing)


def score(answers: Mapping[str, str]) -> Score:
    """The score of a record's answers."""
    return kampala(
        age=age_in_years(answers),
        sbp=number(answers, "sbp"),
        rr=number(answers, "rr"),
        avpu=known(answers, "avpu"),
        serious=known(answers, "serious_injuries"),
    )


def age_in_years(answers: Mapping[str, str]) -> int | None:
    """Whole years; an age in months or days is none, twelve months a year. A missing unit means years."""
    age, unit = number(answers, "age"), known(answers, "age_unit") or "y"
    if age is None:
        return None
    return {"y": age, "m": age // 12, "d": age // 365}[unit]


def hours_to_hospital(answers: Mapping[str, str]) -> int | None:
    """Whole hours from the injury to the arrival: those told, else those between the two hours of the day. Nothing for
    an injury three or more days before, or one that would come after the arrival.
    """
    told = number(answers, "hours_to_hospital")
    if told is not None:
        return told
    arrived, injured = number(answers, "arrival_hour"), number(answers, "injury_hour")
    days = number(answers, "injury_days_before")
    if arrived is None or injured is None or days is None or days >= 3:
        return None
    hours = days * 24 + arrived - injured
    return hours if hours >= 0 else None


def injury_type(answers: Mapping[str, str]) -> str | None:
    """Utstein's dominating type, from the mechanism: "2" penetrating for firearm and stab, "1" blunt for traffic, blows
    and falls; nothing for others, which may be either.
    """
    mechanism = number(answers, "mechanism")
    if mechanism is None or mechanism == 11:
        return None
    return "2" if mechanism in (6, 7) else "1"


def outcome(answers: Mapping[str, str]) -> str:
    """ "1" well, "2" alive with a disability, "3" died, or UNK: the worst that is known of a death, else the latest."""
    last, first = known(answers, "status_30d"), known(answers, "status_discharge")
    if DIED in (last, first) or answers.get("disposition") == "6":
        return DIED
    return last or first or UNKNOWN


def known(answers: Mapping[str, str], name: str) -> str | None:
    """The answer, nothing where there is none or nobody knows."""
    value = answers.get(name, "")
    return None if value in ("", UNKNOWN) else value


def number(answers: Mapping[str, str], name: str) -> int | None:
    """The same as a number."""
    value = known(answers, name)
    return None if value is None else int(value)
