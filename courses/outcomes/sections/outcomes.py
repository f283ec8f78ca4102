"""What a case's page shows of its outcomes."""

from typing import Any

from accounts.models import Person
from courses.cases.models import Case
from courses.cases.policies.cases import Relations, may_record_outcome
from courses.outcomes.policies import may_end_case, may_read_outcome_notes, may_see_outcomes
from courses.outcomes.queries import outcomes
from shared.clock import now


def context(person: Person, case: Case, relations: Relations) -> dict[str, Any]:
    """For `outcomes/_outcomes.html`: nothing before the case is answered, then three queries."""
    if not may_see_outcomes(case, relations):
        return {"outcomes": None}
    return {
        "outcomes": outcomes.of(case, now().date()),
        "case_endings": outcomes.endings(case),
        "may_record_outcome": may_record_outcome(person, case),
        "may_end_case": may_end_case(person, case),
        "may_read_outcome_notes": may_read_outcome_notes(relations),
    }
