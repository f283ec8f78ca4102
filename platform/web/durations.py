"""Lengths of time and due times as people say them: "3 h", "due in 3 h", "late by 2 days"."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def length(span: timedelta) -> str:
    """The length in its largest sensible unit, rounded down: minutes below an hour, hours below two days, then days."""
    span = abs(span)
    if span < _HOUR:
        return _("%(count)s min") % {"count": span // _MINUTE}
    if span < 2 * _DAY:
        return _("%(count)s h") % {"count": span // _HOUR}
    days = span // _DAY
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def due(due_at: datetime, at: datetime) -> str:
    """How far away or how late something is at `at`."""
    words = _("late by %(span)s") if due_at < at else _("due in %(span)s")
    return words % {"span": length(due_at - at)}


def ago(since: datetime, at: datetime) -> str:
    """How long ago something was."""
    if at - since < _MINUTE:
        return _("just now")
    return _("%(span)s ago") % {"span": length(at - since)}
