"""The form of a trauma record: every column, one tap where it has codes, and "not known" one tap away everywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from courses.programme.models import Course
from courses.trauma.actions import facility_name
from courses.trauma.rules.fields import COLUMNS, FIELDS, REGIONS, Column
from courses.trauma.rules.scores import UNKNOWN
from courses.trauma.terms import COLUMNS as LABELS
from courses.trauma.terms import FIELDS as TITLES
from courses.trauma.terms import NOT_KNOWN, codes_of
from web.widgets import Radios

_UNITS = {"sbp": "mmHg", "rr": _("a minute"), "spo2": "%", "stay_days": _("days"), "hours_to_hospital": _("hours")}


@dataclass(frozen=True, slots=True)
class Asked:
    """One column as the page asks it; `unknown` is the tick of a number."""

    column: Column
    control: BoundField
    unknown: BoundField | None
    unit: Any


@dataclass(frozen=True, slots=True)
class Question:
    """One of the 26 as the page asks it."""

    number: int
    name: str
    title: Any
    columns: list[Asked]

    @property
    def is_table(self) -> bool:
        """Asked row by row: the injured regions."""
        return self.name == "regions"


class TraumaForm(forms.Form):
    """A number has its own field and a tick `…_unknown`. `rest_spared` and `rest_unknown` answer what is left empty:
    regions as not injured, everything as not known. The key tells a record sent twice.
    """

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    rest_spared = forms.BooleanField(label=_("The other regions: not injured"), required=False)
    rest_unknown = forms.BooleanField(label=_("What is still empty is not known"), required=False)

    def __init__(
        self, data: Mapping[str, Any] | None, *, courses: Sequence[Course], answers: Mapping[str, str], **kwargs: Any
    ) -> None:
        """`courses` are those whose hospitals are offered; `answers` what is known already."""
        super().__init__(data, **kwargs)
        self.courses = {course.slug: course for course in courses}
        for column in COLUMNS.values():
            self._add(column, answers.get(column.name, ""))

    def questions(self) -> list[Question]:
        """All 26, in order."""
        return [
            Question(number, field.name, TITLES[field.name], [self._asked(column) for column in field.columns])
            for number, field in enumerate(FIELDS, start=1)
        ]

    def answers(self) -> dict[str, str]:
        """Of a valid form: column by column, UNK where it was ticked and nothing was written."""
        data = self.cleaned_data
        told = {name: data.get(name) or (UNKNOWN if data.get(f"{name}_unknown") else "") for name in COLUMNS}
        if data["rest_spared"]:
            told |= {f"region_{region}": told[f"region_{region}"] or "0" for region in REGIONS}
        if data["rest_unknown"]:
            told |= {name: told[name] or UNKNOWN for name, column in COLUMNS.items() if not column.is_optional}
        return told

    def course(self) -> Course | None:
        """Of a valid form: that of the hospital chosen."""
        return self.courses.get(self.cleaned_data["facility"])

    def _add(self, column: Column, value: str) -> None:
        label, name = LABELS[column.name], column.name
        if name == "facility":
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=self._facilities())
            self.initial.setdefault(name, UNKNOWN if value == UNKNOWN else "")
        elif column.codes:
            coded = [*codes_of(name).items(), *([] if column.is_optional else [(UNKNOWN, NOT_KNOWN)])]
            is_region = name.startswith("region_")
            self.fields[name] = forms.ChoiceField(
                label=label,
                required=False,
                choices=[("", "—"), *coded] if is_region else coded,
                widget=forms.Select if is_region else Radios,
            )
            self.initial.setdefault(name, value or ("y" if name == "age_unit" else ""))
        else:
            self._add_number(column, value)

    def _add_number(self, column: Column, value: str) -> None:
        digits = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "6"}
        self.fields[column.name] = forms.CharField(
            label=LABELS[column.name], required=False, max_length=6, widget=forms.TextInput(attrs=digits)
        )
        if not column.is_optional:
            self.fields[f"{column.name}_unknown"] = forms.BooleanField(label=NOT_KNOWN, required=False)
        self.initial.setdefault(column.name, "" if value == UNKNOWN else value)
        self.initial.setdefault(f"{column.name}_unknown", value == UNKNOWN)

    def _facilities(self) -> list[tuple[str, Any]]:
        named = [(slug, f"{facility_name(course)} · {course.title}") for slug, course in self.courses.items()]
        return [("", "—"), *named, (UNKNOWN, NOT_KNOWN)]

    def _asked(self, column: Column) -> Asked:
        tick = f"{column.name}_unknown"
        unknown = self[tick] if tick in self.fields else None
        return Asked(column, self[column.name], unknown, _UNITS.get(column.name, ""))
