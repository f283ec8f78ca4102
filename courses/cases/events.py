"""What cases tell whoever listens, after the commit that made it true."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseSubmitted:
    """Its author sent this case: a second person shall look it over. A public id, as in all that follow."""

    case: str


@dataclass(frozen=True, slots=True)
class CaseReleased:
    """A second person released this case: mentors see it now."""

    case: str


@dataclass(frozen=True, slots=True)
class CaseApproved:
    """The first mentor answered this case: its recommendations are there, its outcomes are to come."""

    case: str


@dataclass(frozen=True, slots=True)
class CaseSentBack:
    """Something is missing or must go: the case is its author's again."""

    case: str


@dataclass(frozen=True, slots=True)
class CaseWithdrawn:
    """Its author took this case back."""

    case: str


@dataclass(frozen=True, slots=True)
class CaseTaught:
    """This case was opened to its course's trainees, or closed to them again."""

    case: str


@dataclass(frozen=True, slots=True)
class ConsentRevoked:
    """The patient's consent to this case was withdrawn: its media are closed to everybody since."""

    case: str
