"""How a case is shown wherever one is listed."""

from typing import Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from courses.cases.models import Case, CaseStatus
from courses.cases.rules.terms import PRESSING

register = template.Library()

_STATUS_CLASS: Final = {CaseStatus.APPROVED: " pill-open", CaseStatus.SENT_BACK: " pill-hold"}


@register.simple_tag
def case_pill(case: Case, what: str = "status") -> SafeString:
    """A pill that says the case's `what`: its `status` or its `urgency`; nothing where it has none."""
    if what == "urgency":
        extra = " pill-hold" if case.urgency in PRESSING else ""
        return _pill(case.get_urgency_display(), extra) if case.urgency else SafeString("")
    return _pill(case.get_status_display(), _STATUS_CLASS.get(CaseStatus(case.status), ""))


def _pill(text: str, extra: str) -> SafeString:
    return format_html('<span class="pill{}">{}</span>', extra, text)
