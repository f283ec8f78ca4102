"""What a mission's pages show of its cases' referrals and outcomes."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.policies import Visitor
from courses.outcomes.models import Milestone, Scheme
from courses.outcomes.policies import may_see_mission_list
from courses.outcomes.queries import expected_patients
from courses.programme.models import Mission
from shared.clock import now


def context_for(visitor: Visitor, mission: Mission) -> dict[str, Any]:
    """For `programme/mission.html`: nothing to who may not see the list of expected patients, else three queries."""
    return {"has_list": True} | context(mission, now().date()) if may_see_mission_list(visitor, mission) else {}


def context(mission: Mission, on: date) -> dict[str, Any]:
    """For `outcomes/_mission_figures.html`, as of the day `on`. Three queries."""
    figures = expected_patients.figures(mission, on)
    return {
        "figures": figures,
        "followed": [
            {"label": Milestone(line.milestone).label if line.milestone else _("All of them, by case"), "figures": line}
            for line in figures.followed
        ],
        "grades": [
            {"label": f"{Scheme(scheme).label} {grade}", "count": count} for scheme, grade, count in figures.grades
        ],
    }
