"""The forms that add or take minutes, and that set a session's real times."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.programme.forms.sessions import LocalTimeField
from courses.programme.models import Session
from livesessions.attendance.rules import times
from livesessions.attendance.rules.minutes import Interval
from livesessions.attendance.rules.times import Times
from shared.errors import DomainError
from web import refusals
from web.form_fields import LineField

_MOST_BREAKS = 12
_MOST = 24 * 60


class AdjustmentForm(forms.Form):
    """`key` is made with the blank form, so that sending it twice adds once."""

    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=-_MOST,
        max_value=_MOST,
        help_text=_("Whole minutes; with a minus they are taken away."),
    )
    reason = LineField(
        label=_("Reason"), max_length=300, help_text=_("Stays on the sheet with your name, and in every export.")
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


def _instant_input() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S")


class TimesForm(forms.Form):
    """Local times of the event, filled in with what counts now. `key` is made with the blank form, so that sending it
    twice corrects once. A break is two clock times; its day follows from the start.
    """

    started_local = LocalTimeField(label=_("Real start"), help_text=_("Local time of the event."))
    ended_local = LocalTimeField(
        label=_("Real end"), required=False, help_text=_("Local time of the event. Empty: as the room recorded it.")
    )
    reason = LineField(
        label=_("Reason"), max_length=300, help_text=_("Stays on the sheet with your name, and in every export.")
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(
        self, data: Any = None, *, session: Session, recorded: Sequence[Interval], made: Sequence[Times]
    ) -> None:
        self.zone, last = session.zone, made[-1] if made else None
        self.start = last.started_at if last else recorded[0].start if recorded else session.starts_at
        end = last.ended_at if last else None
        self.end = end or (recorded[-1].end if recorded else session.planned_end_at)
        breaks = last.breaks if last else ()
        initial = {"started_local": self._local(self.start), "ended_local": self._local(end) if end else None}
        super().__init__(data, initial=initial)
        for name in ("started_local", "ended_local"):
            self.fields[name].widget = _instant_input()
        self.breaks = min(_MOST_BREAKS, max(3, len(breaks) + 2))
        for number in range(self.breaks):
            gap = breaks[number] if number < len(breaks) else None
            for side, at in (("start", gap and gap.start), ("end", gap and gap.end)):
                self.fields[f"break_{number}_{side}"] = forms.TimeField(
                    required=False,
                    initial=self._local(at).time() if at else None,
                    widget=forms.TimeInput(attrs={"type": "time", "step": "1"}, format="%H:%M:%S"),
                    label=gettext("From") if side == "start" else gettext("To"),
                )

    def break_rows(self) -> list[tuple[BoundField, BoundField]]:
        """For the template."""
        return [(self[f"break_{number}_start"], self[f"break_{number}_end"]) for number in range(self.breaks)]

    def clean(self) -> dict[str, Any]:
        """Turns local times into instants; a break wants both its times."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            if local := data.get("started_local"):
                data["started_at"] = self._instant(local, self.start, "started_local")
            local = data.get("ended_local")
            data["ended_at"] = self._instant(local, self.end, "ended_local") if local else None
            if "started_at" in data:
                data["breaks"] = self._breaks(data)
        except DomainError as error:
            refusals.blame(self, error)
        return data

    def times(self) -> dict[str, Any]:
        """What `actions.times.correct` is given, of a valid form."""
        return {name: self.cleaned_data[name] for name in ("started_at", "ended_at", "breaks", "reason", "key")}

    def _breaks(self, data: dict[str, Any]) -> list[Interval]:
        found = []
        for number in range(self.breaks):
            first, last = f"break_{number}_start", f"break_{number}_end"
            start, end = data.get(first), data.get(last)
            if start is None and end is None:
                continue
            if start is None or end is None:
                raise DomainError("times.break_half", field=last if end is None else first)
            begins = times.next_at(start, data["started_local"])
            ends = times.next_at(end, begins)
            found.append(Interval(self._instant(begins, self.start, first), self._instant(ends, self.start, last)))
        return found

    def _instant(self, local: datetime, near: datetime, field: str) -> datetime:
        return times.instant(local, self.zone, near=near, field=field)

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self.zone).replace(tzinfo=None, microsecond=0)
