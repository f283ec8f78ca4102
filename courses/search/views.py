"""Searching cases, reviews and teaching points."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import for_people
from accounts.models import Person
from courses.search import queries
from shared.clock import now

_LONGEST = 200  # signs of a question
_LAST_PAGE = 50


@require_safe
@for_people
def show(request: HttpRequest, person: Person) -> HttpResponse:
    """`q` is the question, `page` counts from 1. Everybody signed in may ask; each finds what they may see."""
    question = request.GET.get("q", "").strip()[:_LONGEST]
    asked = request.GET.get("page", "")
    page = min(max(int(asked), 1), _LAST_PAGE) if asked.isdecimal() and len(asked) < 4 else 1
    found = queries.find(person=person, question=question, on=now().date(), page=page)
    context = {"question": question, "found": found, "page": page, "next": page + 1, "before": page - 1}
    return render(request, "search/search.html", context)
