"""Keeping a draft, answer by answer from the script or whole from a plain form."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from accounts.access import for_people
from accounts.models import Person
from courses.cases.actions import cases as actions
from courses.cases.forms.cases import CaseForm, answers_of
from courses.cases.models import Case, CaseKind
from courses.cases.policies import cases as policies
from courses.cases.queries import cases, checks
from courses.cases.rules import cases as rules
from courses.cases.views.draft_config import config
from courses.cases.views.texts import draft_texts
from shared.clock import now
from shared.errors import DomainError
from web import sections
from web.json_bodies import loaded
from web.refusals import as_json, sentence

MAX_BYTES = 262_144
MAX_FIELDS = 64
STATUS = {"case.forbidden": 403, "case.not_open": 409, "case.too_large": 413}


@require_safe
@ensure_csrf_cookie
@for_people
def create(request: HttpRequest, person: Person) -> HttpResponse:
    """An empty form. `?kind=teaching`, `?course=<slug>`, and `?key=` of a draft that a device already keeps."""
    if not policies.may_write_case(person):
        return render(request, "cases/case_nowhere.html", status=403)
    kind = CaseKind.TEACHING if request.GET.get("kind") == CaseKind.TEACHING else CaseKind.REVIEW
    case = Case(author=person, kind=kind, language=person.language)
    if key := _uuid(request.GET.get("key", "")):
        if kept := cases.find_draft(person, key):
            return redirect("courses:case-edit", case=kept.public_id)
        case.key = key
    courses = cases.courses_for(person)
    chosen = request.GET.get("course", "")
    initial = answers_of(case) | {"course": chosen if any(course.slug == chosen for course in courses) else ""}
    if len(courses) == 1:
        initial["course"] = courses[0].slug
    return _page(request, person, case, CaseForm(initial=initial, courses=courses, kind=kind))


@require_POST
@for_people
def save(request: HttpRequest, person: Person, key: UUID) -> HttpResponse:
    """JSON from the script, form fields without it; either makes the draft when its key is new."""
    if request.content_type == "application/json":
        return _save_json(request, person, key)
    case = cases.find_draft(person, key) or Case(author=person, key=key, language=person.language)
    if not case.pk and not policies.may_write_case(person):
        return render(request, "cases/case_nowhere.html", status=403)
    return _save_plain(request, person, case)


def edit(request: HttpRequest, person: Person, case: Case) -> HttpResponse:
    """The form of a kept draft; a plain POST saves all of it."""
    if request.method == "POST":
        return _save_plain(request, person, case)
    form = CaseForm(initial=answers_of(case), courses=cases.courses_for(person), kind=case.kind)
    return _page(request, person, case, form)


def _save_plain(request: HttpRequest, person: Person, case: Case) -> HttpResponse:
    kind = case.kind if case.pk else request.POST.get("kind", "")
    form = CaseForm(request.POST, courses=cases.courses_for(person), kind=kind)
    given = {name: request.POST[name] for name in form.fields if name in request.POST}
    values, errors = form.read(given)
    try:
        case = actions.save(by=person, key=case.key, values=values, base=case.revision, at=now()).case
    except DomainError as error:
        form.add_error(None, sentence(error))
    for name, text in errors.items():
        form.add_error(name, text)
    if form.errors:
        return _page(request, person, case, form)
    is_done = request.POST.get("next") == "check"
    return redirect("courses:case-check" if is_done else "courses:case-edit", case=case.public_id)


def _save_json(request: HttpRequest, person: Person, key: UUID) -> HttpResponse:
    """`fields` by name as typed, `ages` how long ago each was typed (ms), `base` the revision the writer had seen;
    `who` wrote them: somebody else on the same device does not get them (401).

    Answers `case`, `code`, `revision`, `saved` (what stands now of the fields sent), `others` (fields somebody else
    changed since `base`), `errors` by field, `missing` by name.
    """
    try:
        fields, ages, base, who = _body(request)
        if who not in ("", person.public_id):
            return JsonResponse({"code": "sign_in.other"}, status=401)
        courses = cases.courses_for(person)
        kept = cases.find_draft(person, key)
        kind = kept.kind if kept else str(fields.get("kind", ""))
        values, errors = CaseForm(courses=courses, kind=kind).read(fields)
        at = now()
        typed = {name: int(at.timestamp() * 1000) - age for name, age in ages.items()}
        saved = actions.save(by=person, key=key, values=values, typed=typed, base=base, at=at)
    except DomainError as error:
        return JsonResponse(as_json(error), status=STATUS.get(error.code, 422))
    case, answers = saved.case, answers_of(saved.case)
    others = {name for name, (revision, _ms) in case.edits.items() if revision > base and name not in values}
    answer = {
        "case": case.public_id,
        "code": case.code,
        "revision": case.revision,
        "saved": {name: answers[name] for name in values if name not in saved.lost},
        "others": {name: answers[name] for name in others | saved.lost},
        "errors": errors,
        "missing": list(rules.missing(checks.filled(case), case.kind)),
    }
    return JsonResponse(answer)


def _body(request: HttpRequest) -> tuple[dict[str, object], dict[str, int], int, str]:
    """Raises `case.too_large`, `case.malformed`."""
    if len(request.body) > MAX_BYTES:
        raise DomainError("case.too_large")
    try:
        body = loaded(request)
        fields, ages, base, who = body["fields"], body.get("ages", {}), body.get("base", 0), body.get("who", "")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DomainError("case.malformed") from None
    whole = isinstance(fields, dict) and len(fields) <= MAX_FIELDS and isinstance(ages, dict)
    whole = whole and type(base) is int and 0 <= base < 2**31
    if not whole or not all(type(age) is int and 0 <= age < 2**53 for age in ages.values()):
        raise DomainError("case.malformed")
    return fields, ages, base, str(who)


def _page(request: HttpRequest, person: Person, case: Case, form: CaseForm) -> HttpResponse:
    form.mark_needed()
    missing = checks.labelled(rules.missing(checks.filled(case) | _chosen(form), case.kind))
    context = {
        "case": case,
        "form": form,
        "missing": missing,
        "needed": len(rules.needed(case.kind)),
        "filled": len(rules.needed(case.kind)) - len(missing),
        "config": config(person, case),
        "texts": draft_texts(),
    }
    if case.pk:
        context |= sections.context("case", person, case, policies.relations_of(person, case), only={"media"})
    return render(request, "cases/case_form.html", context)


def _chosen(form: CaseForm) -> dict[str, object]:
    """The course is chosen beforehand when there is only one."""
    return {"course": form.initial["course"]} if form.initial.get("course") else {}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
