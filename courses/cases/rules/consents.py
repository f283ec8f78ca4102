"""Whether a consent holds: who must agree, to what, and until when."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from courses.cases.rules.terms import AgeBand, ConsentRelation

_CHILDREN: Final = frozenset(
    {AgeBand.NEWBORN, AgeBand.INFANT, AgeBand.TODDLER, AgeBand.CHILD, AgeBand.PRETEEN, AgeBand.TEEN}
)
# A choice of ours: whoever can follow what is asked is asked. Paediatric guidance puts that between seven and twelve.
_ASKED_THEMSELVES: Final = frozenset({AgeBand.PRETEEN, AgeBand.TEEN})
_FOR_A_CHILD: Final[frozenset[str]] = frozenset(
    {ConsentRelation.MOTHER, ConsentRelation.FATHER, ConsentRelation.GUARDIAN}
)
_FOR_AN_ADULT: Final[frozenset[str]] = frozenset({ConsentRelation.PATIENT, ConsentRelation.GUARDIAN})
_SCOPE_OF_MEDIUM: Final = {"video": "recording", "photo": "stills", "document": "stills", "dicom": "stills"}


def who_may_agree(age_band: str) -> frozenset[str]:
    """Relations whose word counts: for a child a parent or guardian, for an adult themselves or a guardian appointed by
    law. Nobody as long as the age is not written down.
    """
    if not age_band:
        return frozenset()
    return _FOR_A_CHILD if age_band in _CHILDREN else _FOR_AN_ADULT


def is_assent_asked(age_band: str) -> bool:
    """Whether the child's own yes is needed beside the parent's: from ten years on."""
    return age_band in _ASKED_THEMSELVES


def scopes_needed(media_kinds: Iterable[str], is_teaching: bool) -> tuple[str, ...]:
    """What must be agreed to for a case with media of these kinds, in the order they are asked."""
    pictures = {_SCOPE_OF_MEDIUM[kind] for kind in media_kinds}
    needed = ["case_review", *sorted(pictures, reverse=True)]
    return (*needed, "teaching_reuse") if is_teaching else tuple(needed)


def is_valid(*, is_revoked: bool, expires_on: date | None, on: date) -> bool:
    """Whether it may be relied upon that day; its last day counts in."""
    return not is_revoked and (expires_on is None or on <= expires_on)


def date_problem(*, taken_on: date, expires_on: date | None, on: date) -> str | None:
    """The error code for dates that cannot be, None when they can."""
    if taken_on > on:
        return "consent.taken_in_future"
    if expires_on is not None and expires_on < taken_on:
        return "consent.expires_before_taken"
    return None


def problems(
    *, relation: str, assent: bool | None, scopes: Iterable[str], age_band: str, needed: Iterable[str]
) -> tuple[str, ...]:
    """Error codes of what keeps a relations consent from carrying a case; empty when it carries it."""
    given, found = set(scopes), []
    if age_band and relation not in who_may_agree(age_band):
        found.append("consent.wrong_person")
    if assent is False:
        found.append("consent.child_said_no")
    elif assent is None and is_assent_asked(age_band):
        found.append("consent.child_not_asked")
    return (*found, *(f"consent.lacks.{scope}" for scope in needed if scope not in given))
