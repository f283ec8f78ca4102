"""The trauma registry: one's records, writing one, correcting it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import for_people, visible
from accounts.models import Person
from courses.cases.models import Case
from courses.cases.policies.cases import may_see_case, may_see_views
from courses.cases.queries import cases
from courses.trauma import actions
from courses.trauma.forms import TraumaForm
from courses.trauma.models import TraumaRecord
from courses.trauma.policies import may_see_record, may_see_registry, may_write_trauma
from courses.trauma.queries import records
from courses.trauma.rules import scores as rules
from courses.trauma.rules.fields import FIELDS, answered
from courses.trauma.terms import FIELDS as TITLES
from shared.clock import now
from shared.errors import DomainError
from web.refusals import blame

PAGE = 50
_PARTS = {"age": "age", "sbp": "sbp", "rr": "rr", "avpu": "consciousness", "serious": "serious_injuries"}


@require_safe
@for_people
def listed(request: HttpRequest, person: Person) -> HttpResponse:
    """One's own records; their organisations' too for coordinators."""
    _check(person)
    everybody = may_see_registry(person)
    shown = Paginator(records.readable(person), PAGE).get_page(request.GET.get("page"))
    context = {"page": shown, "rows": [_row(one) for one in shown], "everybody": everybody, "fields": len(FIELDS)}
    return render(request, "trauma/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def create(request: HttpRequest, person: Person) -> HttpResponse:
    """A new record; whatever is known may be sent, and the rest added later."""
    _check(person)
    return _add(request, person, None, {})


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def from_case(request: HttpRequest, person: Person, case: str) -> HttpResponse:
    """A record that begins with what the case tells; the one made from it before, if there is one."""
    kept = visible(cases.find(case), may_see=may_see_case, to=person)
    if not may_see_views(person, kept):
        raise PermissionDenied
    _check(person)
    record = records.of_case(kept)
    if record:
        return redirect("courses:trauma-change", record=record.public_id)
    return _add(request, person, kept, records.known_from(kept))


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def change(request: HttpRequest, person: Person, record: str) -> HttpResponse:
    """A record with its score, open to corrections."""
    kept = visible(records.find(record), may_see=may_see_record, to=person)
    courses = list(records.courses_of(person))
    if kept.course and kept.course not in courses:
        courses.append(kept.course)
    first = {"key": kept.key} | ({"facility": kept.course.slug} if kept.course else {})
    form = TraumaForm(request.POST or None, courses=courses, answers=kept.answers, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(by=person, record=kept, answers=form.answers(), course=form.course())
        except DomainError as error:
            blame(form, error)
        else:
            messages.success(request, _("The record is saved."))
            return redirect("courses:trauma-change", record=kept.public_id)
    return render(request, "trauma/form.html", _page(form, kept.answers) | {"record": kept, "person": person})


def _add(request: HttpRequest, person: Person, case: Case | None, known: dict[str, str]) -> HttpResponse:
    courses = list(records.courses_of(person))
    first = {"facility": _likely(courses, case)}
    answers = {"arrival_year": str(now().year)} | known
    form = TraumaForm(request.POST or None, courses=courses, answers=answers, initial=first)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {"answers": form.answers(), "course": form.course(), "case": case}
        try:
            record = actions.add(by=person, key=form.cleaned_data["key"], **told)
        except DomainError as error:
            blame(form, error)
        else:
            messages.success(request, _("The record is saved."))
            return redirect("courses:trauma-change", record=record.public_id)
    return render(request, "trauma/form.html", _page(form, answers) | {"case": case, "person": person})


def _likely(courses: list[Any], case: Case | None) -> str:
    """The hospital of the case, or the only one there is."""
    own = [course for course in courses if case is None or course.pk == case.course_id]
    return own[0].slug if len(own) == 1 else ""


def _page(form: TraumaForm, answers: dict[str, str]) -> dict[str, Any]:
    score = rules.score(answers)
    return {
        "form": form,
        "questions": form.questions(),
        "answered": answered(answers),
        "fields": len(FIELDS),
        "score": score,
        "score_misses": [TITLES[_PARTS[name]] for name in score.missing],
        "hours": rules.hours_to_hospital(answers),
    }


def _row(record: TraumaRecord) -> dict[str, Any]:
    return {"record": record, "answered": answered(record.answers), "score": rules.score(record.answers)}


def _check(person: Person) -> None:
    if not may_write_trauma(person):
        raise PermissionDenied
