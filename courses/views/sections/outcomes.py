"""What a case's page shows of its outcomes."""

from typing import Any

from accounts.models import Person
from courses.models import Case
from courses.policies.cases import Standings


def context(person: Person, case: Case, standing: Standings) -> dict[str, Any]:
    """For `courses/_outcomes.html`."""
    return {}
