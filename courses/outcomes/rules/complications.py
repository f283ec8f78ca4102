"""Complications by scheme and grade.

Clavien-Dindo: Dindo, Demartines, Clavien, Ann Surg 2004;240:205-213. Clavien-Madadi: Madadi-Sanjani and others,
Br J Surg 2023;110:576-583, doi 10.1093/bjs/znad034, made out of it for children: it also counts errors of organisation
and management, and grades by how invasive the treatment was, not by the anaesthesia. Of its table we have confirmed the
main grades alone, so its subgrades are not offered: a grade nobody looked up would be worth less than a coarse one.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from shared.errors import DomainError

CLAVIEN_DINDO: Final = "clavien_dindo"
CLAVIEN_MADADI: Final = "clavien_madadi"

# From the least to death, of each scheme.
GRADES: Final[Mapping[str, tuple[str, ...]]] = {
    CLAVIEN_DINDO: ("I", "II", "IIIa", "IIIb", "IVa", "IVb", "V"),
    CLAVIEN_MADADI: ("I", "II", "III", "IV", "V"),
}
DEATH: Final = "V"
MAX_COMPLICATIONS: Final = 8  # of one follow-up


def schemes(*, is_child: bool) -> tuple[str, ...]:
    """The schemes a patient may be graded by; that for children first where it fits."""
    return (CLAVIEN_MADADI, CLAVIEN_DINDO) if is_child else (CLAVIEN_DINDO,)


def check(graded: Iterable[tuple[str, str]], *, is_child: bool, condition: str) -> None:
    """Of (scheme, grade) pairs. Raises `complication.scheme`, `complication.grade`, `complication.too_many`, and
    `complication.death` for a grade V of a patient who is said to live.
    """
    kept = list(graded)
    if len(kept) > MAX_COMPLICATIONS:
        raise DomainError("complication.too_many", most=MAX_COMPLICATIONS)
    for scheme, grade in kept:
        if scheme not in schemes(is_child=is_child):
            raise DomainError("complication.scheme")
        if grade not in GRADES[scheme]:
            raise DomainError("complication.grade")
        if grade == DEATH and condition != "died":
            raise DomainError("complication.death", field="condition")


def tally(graded: Iterable[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """(scheme, grade, how many), scheme by scheme from the least to death; grades that do not occur are left out."""
    kept = list(graded)
    counted = ((scheme, grade, kept.count((scheme, grade))) for scheme, grades in GRADES.items() for grade in grades)
    return [row for row in counted if row[2]]
