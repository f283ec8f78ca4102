"""The roles a person may hold in an organisation, and how a list of them is written in one string."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    COORDINATOR = "coordinator"  # plans missions, courses and sessions, keeps registrations and people
    VERIFIER = "verifier"  # looks up licences and says whether they are true
    MENTOR = "mentor"  # reviews cases, in every course of the organisation
    TRAINEE = "trainee"  # writes cases and trauma records, and sends them to the organisation's courses


Roles = Mapping[int, frozenset[Role]]  # by the organisation's key


def parse(written: str | None) -> dict[int, frozenset[Role]]:
    """`"3:mentor,3:trainee,4:verifier"` by organisation; nothing for nothing."""
    held: dict[int, set[Role]] = {}
    for part in (written or "").split(","):
        organisation, _, role = part.partition(":")
        if role:
            held.setdefault(int(organisation), set()).add(Role(role))
    return {organisation: frozenset(roles) for organisation, roles in held.items()}
