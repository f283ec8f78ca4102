"""The entries as a table, one row each."""

from django.utils.translation import gettext as _

from courses.cases.models import CaseStatus, Specialty
from courses.logbook.exports.record import Record
from courses.logbook.models import LogbookEntry
from courses.logbook.queries.logbooks import told
from web import csv_files


def as_csv(record: Record, separator: csv_files.Separator = "comma") -> bytes:
    """For spreadsheets, in the reader's language; ratings count as far as the trainee may read them."""
    header = (
        *(_("Id"), _("Date"), _("Procedure"), _("Code"), _("Specialty"), _("Your part"), _("Autonomy (1–4)")),
        *(_("Autonomy"), _("Complexity (1–3)"), _("Result"), _("Session"), _("Mission"), _("Case"), _("Note")),
        _("Ratings"),
    )
    rows = [_row(entry, len(record.ratings.get(entry.pk, ()))) for entry in record.entries]
    return csv_files.encode(header, rows, separator)


def specialty(entry: LogbookEntry) -> str:
    """In words; empty for none."""
    code = entry.procedure.specialty
    return str(Specialty(code).label) if code else ""


def case_code(entry: LogbookEntry) -> str:
    """The case's spoken code; empty for none and for a withdrawn one."""
    return entry.case.code if entry.case and entry.case.status != CaseStatus.WITHDRAWN else ""


def _row(entry: LogbookEntry, ratings: int) -> tuple[csv_files.Cell, ...]:
    return (
        entry.public_id,
        entry.performed_on,
        told(entry.procedure.titles),
        entry.procedure.code,
        specialty(entry),
        entry.get_role_display(),
        entry.autonomy,
        entry.get_autonomy_display() if entry.autonomy else None,
        entry.complexity,
        entry.get_result_display(),
        entry.session.title if entry.session else None,
        entry.mission.title if entry.mission else None,
        case_code(entry),
        entry.note,
        ratings,
    )
