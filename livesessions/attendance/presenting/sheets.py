"""The sheet page: rows, totals and seats."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.programme.models import Participation, Session
from livesessions.attendance import labels
from livesessions.attendance.presenting import times
from livesessions.attendance.presenting.times_page import correction
from livesessions.attendance.queries import sheets
from livesessions.attendance.rules import totals
from livesessions.attendance.rules.sheets import Line, Sheet
from livesessions.attendance.rules.sparklines import WIDTH, Bar, bars, scale_of
from livesessions.attendance.rules.totals import Total
from livesessions.room.models import Room
from web.amphitheatre import Occupant, Ring, Tier


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the sheet with its words, clocks, bars and the address of its explanation."""

    line: Line
    href: str
    role: str
    registered: str
    channel: str
    profession: str
    region: str
    first_in: str
    last_out: str
    present: list[Bar]
    bridged: list[Bar]


def sheet_page(session: Session, room: Room | None, sheet: Sheet, at: datetime) -> dict[str, Any]:
    """What `attendance/sheet.html` shows."""
    scale = scale_of(sheet.terms.windows)
    counts = sheets.present(room.pk, at) if room and room.ended_at is None else None
    return {
        "sheet": sheet,
        "rows": [_row(session, line, sheet) for line in sheet.lines],
        "windows": bars(sheet.terms.windows, scale),
        "scale": {
            "width": WIDTH,
            "start": _clock(session, scale.start if scale else None),
            "end": _clock(session, scale.end if scale else None),
        },
        "times": correction(sheet.terms.times[-1], session.zone) if sheet.terms.times else None,
        "is_closed_by_itself": room is not None and room.is_closed_by_itself and not session.cancelled_at,
        "live_length": times.length(sheet.terms.live_seconds),
        "overall": totals.overall(sheet.lines),
        "groups": _groups(sheet),
        "tiers": _tiers(session, sheet),
        "headcount": _headcount(counts) if counts is not None else None,
        "zone": session.zone.key,
    }


def person_address(session: Session, line: Line) -> str:
    """Where a person's figure is explained."""
    return reverse("reports:attendance-person", args=[session.public_id, line.subject.person])


def _row(session: Session, line: Line, sheet: Sheet) -> Row:
    scale = scale_of(sheet.terms.windows)
    subject = line.subject
    return Row(
        line=line,
        href=person_address(session, line),
        role=labels.role(subject.role),
        registered=labels.channel(subject.registered),
        channel=labels.channel(line.channel),
        profession=labels.profession(subject.profession),
        region=labels.region(subject.region),
        first_in=_clock(session, line.first_in),
        last_out=_clock(session, line.last_out),
        present=bars(line.attended.intervals, scale),
        bridged=bars(line.attended.bridged, scale),
    )


def _clock(session: Session, at: datetime | None) -> str:
    return times.clock(at, session.zone)


def _headcount(counts: dict[str, int]) -> list[dict[str, Any]]:
    """One figure per channel, then all."""
    named = [{"key": key, "label": labels.channel(key), "count": count} for key, count in counts.items()]
    return [*named, {"key": "all", "label": _("Here now"), "count": sum(counts.values())}]


def _groups(sheet: Sheet) -> list[dict[str, Any]]:
    return [
        _group(_("By channel"), _("Channel"), totals.by_channel(sheet.lines), labels.channel),
        _group(_("By province or region"), _("Province or region"), totals.by_region(sheet.lines), labels.region),
        _group(_("By profession"), _("Profession"), totals.by_profession(sheet.lines), labels.profession),
    ]


def _group(title: str, head: str, rows: Sequence[Total], name: Callable[[str], str]) -> dict[str, Any]:
    return {
        "title": title,
        "head": head,
        "rows": [{"name": name(row.key) or _("not told"), "total": row} for row in rows],
    }


def _tiers(session: Session, sheet: Sheet) -> list[Tier]:
    """Attendees where they sat, else where they registered; the remote ones by province."""
    seated: dict[tuple[Ring, str], list[Line]] = {}
    for line in sheet.lines:
        if line.subject.is_attendee and (ring := line.channel or line.subject.registered):
            key = (_RINGS[ring], line.subject.region if ring == Participation.REMOTE else "")
            seated.setdefault(key, []).append(line)
    order = list(_RINGS.values())
    return [
        Tier(
            key=f"{ring} {region}".strip(),
            ring=ring,
            label=(labels.region(region) or _("not told")) if ring == "remote" else labels.channel(ring),
            people=tuple(_occupant(session, line) for line in sorted(lines, key=lambda line: not line.was_there)),
        )
        for (ring, region), lines in sorted(seated.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    ]


_RINGS: dict[str, Ring] = {"or": "or", "auditorium": "auditorium", "remote": "remote"}


def _occupant(session: Session, line: Line) -> Occupant:
    told = ngettext("%(name)s: %(minutes)s minute", "%(name)s: %(minutes)s minutes", int(line.total_minutes))
    label = told % {"name": line.subject.name, "minutes": line.total_minutes}
    return Occupant(label, "present" if line.was_there else "registered", person_address(session, line))
