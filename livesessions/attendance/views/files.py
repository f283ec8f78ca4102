"""The sheet as a file, with the figures of the page."""

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from courses.programme.models import Session
from livesessions.attendance import policies
from livesessions.attendance.exports import csv_file, tables, workbook
from livesessions.attendance.queries import sheets
from livesessions.attendance.views.access import for_those_who
from shared.clock import now
from web.csv_files import chosen

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@never_cache
@for_those_who(policies.may_export_sheet)
def as_csv(request: HttpRequest, session: Session) -> HttpResponse:
    """One row per person."""
    table = tables.attendance(sheets.sheet(session, now()), session.zone)
    return _file(
        csv_file.encode(table, chosen(request.GET.get("separator"))), "text/csv; charset=utf-8", session, "csv"
    )


@require_GET
@never_cache
@for_those_who(policies.may_export_sheet)
def as_xlsx(request: HttpRequest, session: Session) -> HttpResponse:
    """The people, the spans behind their minutes, the adjustments, the totals and the live time, a worksheet each."""
    sheet, zone = sheets.sheet(session, now()), session.zone
    pages = [
        tables.attendance(sheet, zone),
        tables.spans(sheet, zone),
        tables.summary(sheet),
        tables.adjustments(sheet, zone),
        tables.live_time(sheet, zone),
    ]
    return _file(workbook.encode(pages), _XLSX, session, "xlsx")


def _file(content: bytes, kind: str, session: Session, ending: str) -> HttpResponse:
    day = session.starts_at.astimezone(session.zone).date().isoformat()
    word = slugify(pgettext("file name", "attendance"))
    name = "-".join(part for part in (day, slugify(session.title), word) if part)
    disposition = f'attachment; filename="{name}.{ending}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
