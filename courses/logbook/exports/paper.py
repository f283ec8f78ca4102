"""The record as a PDF to show: figures, cases and ratings. Notes stay at home, and what may identify a patient too."""

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses import identifiers
from courses.logbook.exports.pages import MARGIN, Paper
from courses.logbook.exports.record import Record
from courses.logbook.exports.tables import case_code
from courses.logbook.models import Result, SurgeonRole
from courses.logbook.queries.assessments import Shown
from courses.logbook.queries.logbooks import procedure_titles, told
from places.zones import day


def as_pdf(record: Record) -> bytes:
    """In the reader's language, A4."""
    name = record.trainee.full_name or record.trainee.email
    paper = Paper(_("Surgical logbook"), name, get_language() or "en")
    paper.line(_("Surgical logbook"), 20, bold=True)
    paper.line(name, 12)
    paper.line(day(record.made_at), 9, soft=True)
    _figures(paper, record)
    _cases(paper, record)
    _ratings(paper, record)
    return paper.encode(_("Page %(page)s of %(pages)s"))


def _figures(paper: Paper, record: Record) -> None:
    titles = procedure_titles()
    paper.heading(_("Cases by procedure and part"))
    header = [_("Procedure"), _("All"), *(str(role.label) for role in SurgeonRole)]
    rows = [
        [titles[line.procedure], str(line.total), *(str(line.roles[role]) for role in SurgeonRole.values)]
        for line in record.lines()
    ]
    totals = [sum(line.roles[role] for line in record.lines()) for role in SurgeonRole.values]
    rows.append([_("All"), str(len(record.entries)), *map(str, totals)])
    paper.table(header, rows, [30, 7, *([11] * len(SurgeonRole))])


def _cases(paper: Paper, record: Record) -> None:
    paper.heading(_("Cases"))
    header = [_("Date"), _("Procedure"), _("Your part"), _("Autonomy"), _("Result"), _("Where")]
    rows = [
        [
            entry.performed_on.isoformat(),
            told(entry.procedure.titles),
            entry.get_role_display(),
            f"{entry.autonomy} · {entry.get_autonomy_display()}" if entry.autonomy else "–",
            "–" if entry.result == Result.UNKNOWN else entry.get_result_display(),
            " · ".join(part for part in (entry.mission.title if entry.mission else "", case_code(entry)) if part),
        ]
        for entry in record.entries
    ]
    paper.table(header, rows, [13, 28, 20, 22, 16, 22])


def _ratings(paper: Paper, record: Record) -> None:
    rated = list(record.rated())
    if not rated:
        return
    paper.heading(_("Ratings"))
    for entry, shown in rated:
        paper.room(60)
        paper.line(f"{entry.performed_on.isoformat()} · {told(entry.procedure.titles)} · {shown.title}", bold=True)
        rating = shown.rating
        seen = f"{rating.get_role_display()} · {rating.get_mode_display()} · {date_format(rating.rated_at, 'Y-m-d')}"
        paper.line(f"{rating.rater.full_name} · {seen}", 8, soft=True)
        paper.paragraph(_scores(shown), 8.5, x=MARGIN + 8)
        for label, text in ((_("What went well"), rating.went_well), (_("What to do differently"), rating.to_improve)):
            if text:
                masked = identifiers.mask(text, identifiers.find(text)).replace("█", "·")
                paper.paragraph(f"{label}: {masked}", 8.5, x=MARGIN + 8)
        paper.y -= 5


def _scores(shown: Shown) -> str:
    parts = [
        f"{answer.title}: {(_('yes') if answer.score else _('no')) if answer.is_yes_no else answer.score}"
        for answer in shown.answers
    ]
    if shown.total is not None:
        parts.append(_("Sum: %(total)s of %(highest)s") % {"total": shown.total, "highest": shown.highest})
    return "; ".join(parts)
