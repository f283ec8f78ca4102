"""The page that explains one person's figure, step by step."""

from typing import Any

from courses.programme.models import Session
from livesessions.attendance import labels
from livesessions.attendance.presenting import times
from livesessions.attendance.presenting.times_page import correction
from livesessions.attendance.rules import minutes
from livesessions.attendance.rules.sheets import Line, Sheet, Stay
from livesessions.attendance.rules.sparklines import WIDTH, bars, scale_of


def explanation(session: Session, sheet: Sheet, line: Line) -> dict[str, Any]:
    """What `attendance/person.html` shows: the facts, what was bridged, the live time, the sum."""
    zone = session.zone
    scale = scale_of(sheet.terms.windows)
    bridged = minutes.whole_seconds(line.attended.bridged)
    return {
        "line": line,
        "terms": sheet.terms,
        "zone": zone.key,
        "role": labels.role(line.subject.role),
        "profession": labels.profession(line.subject.profession),
        "region": labels.region(line.subject.region),
        "registered": labels.channel(line.subject.registered),
        "channel": labels.channel(line.channel),
        "stays": [_stay(session, stay) for stay in line.stays],
        "bridged": [times.stretch(gap, zone) for gap in line.attended.bridged],
        "times": correction(sheet.terms.times[-1], zone) if sheet.terms.times else None,
        "windows": [times.stretch(window, zone) for window in sheet.terms.windows],
        "parts": [times.stretch(part, zone) for part in line.attended.intervals],
        "attended_length": times.length(line.seconds),
        "bridged_length": times.length(bridged),
        "live_length": times.length(sheet.terms.live_seconds),
        "total_length": times.length(line.total_seconds),
        "scale_width": WIDTH,
        "live_bars": bars(sheet.terms.windows, scale),
        "present_bars": bars(line.attended.intervals, scale),
        "bridged_bars": bars(line.attended.bridged, scale),
    }


def _stay(session: Session, stay: Stay) -> dict[str, Any]:
    zone = session.zone
    return {
        **times.stretch(stay.counts, zone),
        "channel": labels.channel(stay.channel),
        "source": labels.source(stay.source),
        "is_open": stay.ended_at is None,
    }
