"""One's own record as files."""

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import for_people
from accounts.models import Person
from courses.logbook.exports import bundle, paper, record, tables
from shared.clock import now
from web.csv_files import chosen


@require_GET
@for_people
def as_csv(request: HttpRequest, person: Person) -> HttpResponse:
    separator = chosen(request.GET.get("separator"))
    return _file(tables.as_csv(record.of(person, now()), separator), "text/csv; charset=utf-8", "csv")


@require_GET
@for_people
def as_pdf(request: HttpRequest, person: Person) -> HttpResponse:
    return _file(paper.as_pdf(record.of(person, now())), "application/pdf", "pdf")


@require_GET
@for_people
def as_json(request: HttpRequest, person: Person) -> HttpResponse:
    """Everything, to take along."""
    return _file(bundle.as_json(record.of(person, now())), "application/json", "json")


def _file(content: bytes, kind: str, ending: str) -> HttpResponse:
    name = f"{now().date().isoformat()}-{slugify(_('logbook'))}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=kind, headers=headers)
