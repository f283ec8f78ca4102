"""What a mission's pages show of its cases' referrals and outcomes."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from courses.models import Milestone, Mission, Scheme
from courses.queries import mission_lists


def context(mission: Mission, on: date) -> dict[str, Any]:
    """For `courses/_mission_figures.html`, as of the day `on`. Three queries."""
    figures = mission_lists.figures(mission, on)
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
