"""The tables of an attendance sheet, as rows of plain cells: the one source of every file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from livesessions.attendance import labels
from livesessions.attendance.rules import totals
from livesessions.attendance.rules.sheets import Line, Sheet
from livesessions.attendance.rules.times import Times
from livesessions.attendance.rules.totals import Total

Cell = str | int | Decimal | datetime | None


@dataclass(frozen=True, slots=True)
class Table:
    """`title` names the worksheet; instants are aware, in the event's zone."""

    title: str
    header: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def attendance(sheet: Sheet, zone: ZoneInfo) -> Table:
    """One row per person, adjustments in columns of their own."""
    header = (
        _("Id"),
        _("Name"),
        _("Role"),
        _("Registered channel"),
        _("Channel used"),
        _("Profession"),
        _("Province or region"),
        _("First in (%(zone)s)") % {"zone": zone.key},
        _("Last out (%(zone)s)") % {"zone": zone.key},
        _("Attended minutes"),
        _("Adjustment minutes"),
        _("Total minutes"),
        _("Share of the live time (%)"),
        _("Threshold of %(percent)s %% reached") % {"percent": sheet.terms.threshold_percent},
        _("Reasons of the adjustments"),
        _("Correction of the live time"),
    )
    why = f"{sheet.terms.times[-1].reason} ({sheet.terms.times[-1].author})" if sheet.terms.times else ""
    return Table(_("Attendance"), header, [(*_person(line, zone), why) for line in sheet.lines])


def spans(sheet: Sheet, zone: ZoneInfo) -> Table:
    """One row per span, as the server wrote it down."""
    header = (
        _("Id"),
        _("Name"),
        _("Channel"),
        _("Source"),
        _("Start (%(zone)s)") % {"zone": zone.key},
        _("Last sign of life (%(zone)s)") % {"zone": zone.key},
        _("End (%(zone)s)") % {"zone": zone.key},
    )
    rows: list[tuple[Cell, ...]] = [
        (
            line.subject.person,
            line.subject.name,
            labels.channel(stay.channel),
            labels.source(stay.source),
            _local(stay.started_at, zone),
            _local(stay.last_seen_at, zone),
            _local(stay.ended_at, zone),
        )
        for line in sheet.lines
        for stay in line.stays
    ]
    return Table(_("Spans"), header, rows)


def adjustments(sheet: Sheet, zone: ZoneInfo) -> Table:
    """One row per adjustment, with its author and reason."""
    header = (_("Id"), _("Name"), _("Minutes"), _("Reason"), _("Author"), _("Made (%(zone)s)") % {"zone": zone.key})
    rows: list[tuple[Cell, ...]] = [
        (line.subject.person, line.subject.name, made.minutes, made.reason, made.author, _local(made.made_at, zone))
        for line in sheet.lines
        for made in line.corrections
    ]
    return Table(_("Adjustments"), header, rows)


def live_time(sheet: Sheet, zone: ZoneInfo) -> Table:
    """What the room recorded, each correction with its breaks, and what counts."""
    header = (
        _("What"),
        _("Start (%(zone)s)") % {"zone": zone.key},
        _("End (%(zone)s)") % {"zone": zone.key},
        _("Reason"),
        _("Author"),
        _("Made (%(zone)s)") % {"zone": zone.key},
    )

    def row(what: str, start: datetime, end: datetime | None, made: Times | None = None) -> tuple[Cell, ...]:
        told = (made.reason, made.author, _local(made.made_at, zone)) if made else ("", "", None)
        return (what, _local(start, zone), _local(end, zone), *told)

    rows = [row(_("Recorded by the room"), window.start, window.end) for window in sheet.terms.recorded]
    for made in sheet.terms.times:
        rows.append(row(_("Corrected"), made.started_at, made.ended_at, made))
        rows += [row(_("Break"), gap.start, gap.end, made) for gap in made.breaks]
    rows += [row(_("What counts"), window.start, window.end) for window in sheet.terms.windows]
    return Table(_("Live time"), header, rows)


def summary(sheet: Sheet) -> Table:
    """Totals by channel, province and profession, the team apart."""
    header = (_("By"), _("Group"), _("Registered"), _("Present"), _("Threshold reached"), _("Minutes"))
    rows = [
        *_totals(_("Everybody"), [totals.overall(sheet.lines)], lambda key: ""),
        *_totals(_("Channel"), totals.by_channel(sheet.lines), labels.channel),
        *_totals(_("Province or region"), totals.by_region(sheet.lines), labels.region),
        *_totals(_("Profession"), totals.by_profession(sheet.lines), labels.profession),
    ]
    return Table(_("Totals"), header, rows)


def _person(line: Line, zone: ZoneInfo) -> tuple[Cell, ...]:
    subject = line.subject
    return (
        subject.person,
        subject.name,
        labels.role(subject.role),
        labels.channel(subject.registered),
        labels.channel(line.channel),
        labels.profession(subject.profession),
        labels.region(subject.region),
        _local(line.first_in, zone),
        _local(line.last_out, zone),
        line.minutes,
        line.adjustment_minutes,
        line.total_minutes,
        line.share,
        labels.yes_no(line.is_reached),
        "; ".join(made.reason for made in line.corrections),
    )


def _totals(by: str, groups: Iterable[Total], name: Callable[[str], str]) -> list[tuple[Cell, ...]]:
    return [(by, name(group.key), group.registered, group.present, group.reached, group.minutes) for group in groups]


def _local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    """To the whole second, as pages show it."""
    return at.astimezone(zone).replace(microsecond=0) if at else None
