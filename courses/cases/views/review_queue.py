"""The queue of cases."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from accounts.access import for_people
from accounts.models import Person
from courses.cases.forms.review_queue import QueueFilter
from courses.cases.policies.cases import may_see_queue
from courses.cases.queries import review_queue
from courses.cases.queries.review_queue import Row, Section
from shared.clock import now
from web import durations

PAGE = 25
TITLES = {
    Section.LATE: _("Late"),
    Section.TO_RELEASE: _("To release"),
    Section.WAITING: _("Waiting for a mentor"),
    Section.WITH_MENTOR: _("With a mentor"),
}


@require_safe
@for_people
def show(request: HttpRequest, person: Person) -> HttpResponse:
    """`?section=` narrows it to one section, `?course=`, `?urgency=`, `?specialty=` further."""
    if not may_see_queue(person):
        raise PermissionDenied
    at = now()
    form = QueueFilter(request.GET, courses=review_queue.courses_of(person))
    cases = review_queue.filtered(review_queue.open_to(person), form.chosen())
    counts = review_queue.counts(cases, at)
    wanted = request.GET.get("section", "")
    section = next((section for section in Section if section.value == wanted), None)
    pages = Paginator(review_queue.ordered(cases, at, section), PAGE)
    pages.count = counts[section] if section else sum(counts.values())
    page = pages.get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    others = query.copy()
    others.pop("section", None)
    context = {
        "rows": [_line(row, at) for row in review_queue.rows(list(page), at)],
        "page": page,
        "filter": form,
        "sections": [(key.value, TITLES[key], counts[key]) for key in Section],
        "section": section,
        "total": sum(counts.values()),
        "query": query.urlencode(),
        "others": others.urlencode(),
        "is_filtered": bool(section or any(form.chosen().values())),
    }
    return render(request, f"cases/{'_review_queue' if HtmxDetails(request) else 'review_queue'}.html", context)


def _line(row: Row, at: datetime) -> dict[str, Any]:
    due = row.case.due_at
    return {
        "row": row,
        "case": row.case,
        "title": TITLES[row.section],
        "due": durations.due(due, at) if due else "",
        "since": durations.ago(row.since, at),
    }
