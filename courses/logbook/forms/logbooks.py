"""The form of a logbook entry."""

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from courses.logbook.actions.logbooks import AFTERWARDS
from courses.logbook.models import LogbookEntry
from courses.logbook.queries import logbooks
from web.sectioned_forms import Sectioned
from web.widgets import LongSelect, Radios

COMPLEXITY = [(1, _("The easiest third")), (2, _("Average")), (3, _("The hardest third"))]


class EntryForm(Sectioned, forms.ModelForm):  # type: ignore[type-arg]
    """`key` is made with the page, so that a form sent twice makes one entry. The tick is shown when something in the
    note may identify somebody.
    """

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    complexity = forms.TypedChoiceField(
        label=_("Complexity"),
        help_text=_("Among cases of this procedure that you know."),
        coerce=int,
        empty_value=None,
        choices=COMPLEXITY,
        required=False,
        widget=Radios,
    )
    is_checked = forms.BooleanField(
        label=_("I looked at it: nobody can be recognised by what I wrote."), required=False
    )

    sections: ClassVar[list[tuple[Any, list[str]]]] = [
        (_("The operation"), ["procedure", "performed_on", "role", "autonomy", "complexity"]),
        (_("How it went"), ["result", "note"]),
        (_("Where it belongs"), ["session", "case"]),
    ]

    class Meta:
        model = LogbookEntry
        fields = [
            *("procedure", "performed_on", "role", "autonomy", "complexity", "result", "note"),
            *("session", "case"),
        ]
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "procedure": LongSelect(),
            "performed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "note": forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
            "result": Radios(),
        }
        labels: ClassVar[dict[str, Any]] = {"session": _("Session"), "case": _("Case")}
        help_texts: ClassVar[dict[str, Any]] = {
            "autonomy": _("The guidance you got for more than half of the critical part."),
            "result": _("Whatever was agreed beforehand. You can say it later, too."),
            "note": _("No names, no numbers, no dates of patients."),
        }

    def __init__(self, *args: Any, person: Person, is_asked: bool = False, **kwargs: Any) -> None:
        """`is_asked`: somebody was asked to rate it, so that most of it stands."""
        super().__init__(*args, **kwargs)
        procedures = logbooks.procedures()
        self._procedures = {str(row.pk): row for row in procedures}
        choices = [("", "—"), *((row.pk, logbooks.told(row.titles)) for row in procedures)]
        self.fields["procedure"] = forms.TypedChoiceField(
            label=_("Procedure"), choices=choices, widget=LongSelect, coerce=self._procedure
        )
        sessions, cases = logbooks.sessions_of(person), logbooks.cases_of(person)
        self.fields["session"].queryset = sessions  # type: ignore[attr-defined]
        self.fields["case"].queryset = cases  # type: ignore[attr-defined]
        self.fields["session"].label_from_instance = _session_label  # type: ignore[attr-defined]
        self.fields["result"].required = False
        if self.instance.pk:
            del self.fields["key"]
        for name in self.fields:
            if is_asked and name in self.Meta.fields and name not in AFTERWARDS:
                self.fields[name].disabled = True

    def _procedure(self, value: Any) -> Any:
        return self._procedures.get(str(value))

    def clean_result(self) -> str:
        """Nothing chosen is not known yet."""
        return str(self.cleaned_data.get("result") or "unknown")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "key" in data:
            self.instance.key = data["key"]
        return data


def _session_label(session: Any) -> str:
    return f"{session.starts_at.astimezone(session.zone).date().isoformat()} · {session.title}"
