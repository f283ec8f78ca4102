"""The 26 fields of the trauma registry: their columns, codes and limits, and how complete a record is.

After the mini set of this project's sources, which follows the Utstein template for uniform reporting of data after
major trauma (Ringdal and others, Scand J Trauma Resusc Emerg Med 2008;16:7) and the Kampala Trauma Score. Every field
takes UNK, which is an answer; a column that is absent was not answered.

There is no date in it. A day, a month and a quarter are more exact than the year, and a small hospital plus a day names
a patient (45 CFR 164.514(b)(2)(i)(C)): the arrival is a year and an hour of the day, the injury an hour of the day and
how many days before, which is what the hours to the hospital need. Ages above 89 are one, 90. The district is told by
how far it lies, not by its name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from courses.trauma.rules.scores import DIED, UNKNOWN, known
from shared.errors import DomainError

UTSTEIN: Final = "Utstein 2008"
KTS: Final = "KTS II"
OWN: Final = "own"
REGIONS: Final = ("head", "face", "neck", "thorax", "abdomen", "spine", "arms", "legs", "skin")
_SEVERITY: Final = ("0", "1", "2", "3", "4", "5", "6")  # 0 not injured, 1 minor … 6 not survivable, as in the AIS


class State(StrEnum):
    KNOWN = "known"
    UNKNOWN = "unknown"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: one of `codes`, or whole numbers from `low` to `high`, or a text of our own choosing.
    `unknown` is how UNK is written in a file. An optional one says nothing about completeness.
    """

    name: str
    codes: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    unknown: str = UNKNOWN
    is_optional: bool = False

    @property
    def is_number(self) -> bool:
        return not self.codes and self.high > 0


@dataclass(frozen=True, slots=True)
class Field:
    """One of the 26."""

    name: str
    columns: tuple[Column, ...]
    source: str = OWN


def _codes(last: int) -> tuple[str, ...]:
    return tuple(str(code) for code in range(1, last + 1))


FIELDS: Final = (
    Field("facility", (Column("facility"),)),
    Field("arrival", (Column("arrival_year", low=2000, high=2100), Column("arrival_hour", high=23))),
    Field("injury", (Column("injury_days_before", codes=("0", "1", "2", "3")), Column("injury_hour", high=23))),
    Field("age", (Column("age", high=90), Column("age_unit", codes=("y", "m", "d"), is_optional=True)), UTSTEIN),
    Field("sex", (Column("sex", codes=_codes(2), unknown="3"),), UTSTEIN),
    Field("district", (Column("district", codes=_codes(5)),)),
    Field("occupation", (Column("occupation", codes=_codes(9)),)),
    Field(
        "transport",
        (Column("transport", codes=_codes(7)), Column("hours_to_hospital", high=720, is_optional=True)),
    ),
    Field("referred_from", (Column("referred_from", codes=_codes(4)),)),
    Field("mechanism", (Column("mechanism", codes=_codes(11), unknown="12"),), UTSTEIN),
    Field("intent", (Column("intent", codes=_codes(4), unknown="5"),), UTSTEIN),
    Field("alcohol", (Column("alcohol", codes=_codes(2)),)),
    Field("road", (Column("road_user", codes=_codes(4)), Column("protection", codes=_codes(4)))),
    Field("regions", tuple(Column(f"region_{region}", codes=_SEVERITY) for region in REGIONS)),
    Field("sbp", (Column("sbp", high=300),), UTSTEIN),
    Field("rr", (Column("rr", high=99),), UTSTEIN),
    Field("spo2", (Column("spo2", high=100),)),
    Field(
        "consciousness",
        (Column("avpu", codes=("A", "V", "P", "U")), Column("gcs", low=3, high=15, is_optional=True)),
        KTS,
    ),
    Field("serious_injuries", (Column("serious_injuries", codes=("0", "1", "2")),), KTS),
    Field("imaging", (Column("imaging", codes=_codes(5)),)),
    Field("transfusion", (Column("transfusion", codes=_codes(2)),)),
    Field("procedure", (Column("procedure", codes=_codes(6)),)),
    Field("icu", (Column("icu", codes=_codes(3)),)),
    Field("disposition", (Column("disposition", codes=_codes(6)),)),
    Field("stay", (Column("stay_days", high=365),)),
    Field("status", (Column("status_discharge", codes=_codes(3)), Column("status_30d", codes=_codes(3)))),
)
COLUMNS: Final[Mapping[str, Column]] = {column.name: column for field in FIELDS for column in field.columns}


def checked(typed: Mapping[str, str]) -> dict[str, str]:
    """The answers as they are kept: known columns alone, each its code, a number without zeros before it, or UNK; what
    follows from others is filled in. Raises `trauma.value` at a column, and `trauma.died_but_alive`.
    """
    kept = {name: _value(COLUMNS[name], value.strip()) for name, value in typed.items() if name in COLUMNS}
    answers = {name: value for name, value in kept.items() if value}
    if known(answers, "age") is None:
        answers.pop("age_unit", None)
    if answers.get("road_user") in ("3", "4"):
        answers.setdefault("protection", "4")
    if answers.get("disposition") == "6":
        answers.setdefault("status_discharge", DIED)
    if answers.get("status_discharge") == DIED:
        answers.setdefault("status_30d", DIED)
        if known(answers, "status_30d") not in (None, DIED):
            raise DomainError("trauma.died_but_alive", field="status_30d")
    if answers.get("disposition") == "6" and known(answers, "status_discharge") not in (None, DIED):
        raise DomainError("trauma.died_but_alive", field="status_discharge")
    return answers


def _value(column: Column, value: str) -> str:
    if value in ("", UNKNOWN):
        return value
    if column.codes:
        if value not in column.codes:
            raise DomainError("trauma.value", field=column.name)
        return value
    if column.is_number:
        if not (value.isascii() and value.isdigit() and len(value) <= 6 and column.low <= int(value) <= column.high):
            raise DomainError("trauma.value", field=column.name)
        return str(int(value))
    return value


def state(field: Field, answers: Mapping[str, str]) -> State:
    """Empty while a column that counts is not answered, unknown when one of them is UNK."""
    told = [answers.get(column.name, "") for column in field.columns if not column.is_optional]
    if "" in told:
        return State.EMPTY
    return State.UNKNOWN if UNKNOWN in told else State.KNOWN


def answered(answers: Mapping[str, str]) -> int:
    """How many of the 26 fields have an answer, UNK included."""
    return sum(state(field, answers) != State.EMPTY for field in FIELDS)


@dataclass(frozen=True, slots=True)
class Completeness:
    """Of one field over many records."""

    field: Field
    known: int
    unknown: int
    empty: int

    @property
    def percent(self) -> float | None:
        """Share of records where it is known, to one decimal."""
        total = self.known + self.unknown + self.empty
        return round(100 * self.known / total, 1) if total else None


def completeness(records: Iterable[Mapping[str, str]]) -> list[Completeness]:
    """Per field, in their order."""
    kept = list(records)
    told = []
    for field in FIELDS:
        states = [state(field, answers) for answers in kept]
        told.append(Completeness(field, *(states.count(one) for one in State)))
    return told


def written(column: Column, answers: Mapping[str, str]) -> str:
    """The answer as it stands in a file: UNK by the column's own code, nothing where there is no answer."""
    value = answers.get(column.name, "")
    return column.unknown if value == UNKNOWN else value
