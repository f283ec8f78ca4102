"""The forms of ratings: made from the instrument, one tap an item."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from courses.logbook.actions.assessments import Sheet
from courses.logbook.models import Instrument, RaterRole, RatingMode
from courses.logbook.queries.logbooks import told
from courses.logbook.rules import assessments as rules
from web.form_fields import ParagraphsField
from web.widgets import Radios

_CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}
NO_YES = [(1, _("Yes")), (0, _("No"))]


@dataclass(frozen=True, slots=True)
class Option:
    """One tap: the radio button, its number, and the words for it."""

    radio: BoundField | Any
    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """An item of the instrument. `layout` is steps (numbers beside each other) or rows (words below each other)."""

    bound: BoundField
    layout: str
    options: tuple[Option, ...]

    @property
    def anchors(self) -> list[str]:
        """The words below the steps, from the lowest to the highest."""
        return [option.words for option in self.options if option.number and option.words]


class RatingForm(forms.Form):
    """What the trainee and whoever was asked both fill in."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    is_checked = forms.BooleanField(
        label=_("I looked at it: nobody can be recognised by what I wrote."), required=False
    )

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        narrative = {item["code"]: told(item["titles"]) for item in instrument.items if item["kind"] == "text"}
        for item in rules.scored(instrument.items):
            self.fields[rules.field_name(item["code"])] = forms.TypedChoiceField(
                label=told(item["titles"]),
                choices=_choices(item),
                coerce=int,
                widget=Radios,
                error_messages=_CHOOSE,
            )
        for name, label in (("went_well", _("What went well")), ("to_improve", _("What to do differently"))):
            self.fields[name] = ParagraphsField(
                label=narrative.get(name, label),
                required=False,
                max_length=rules.LONGEST,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def rows(self) -> Iterator[Row]:
        """The items in the instrument's order."""
        for item in rules.scored(self.instrument.items):
            bound = self[rules.field_name(item["code"])]
            layout = item.get("layout", "steps")
            anchors = {step: told(titles) for step, titles in item.get("anchors", {}).items()}
            options = tuple(
                Option(radio, "" if item["kind"] == "yes_no" else value, anchors.get(value, "") or str(label))
                if item["kind"] == "yes_no" or layout == "rows"
                else Option(radio, value, anchors.get(value, ""))
                for radio, (value, label) in zip(bound.subwidgets, _choices(item), strict=True)
            )
            yield Row(bound, layout, options)

    def legend(self) -> list[tuple[str, str]]:
        """Number and words, when every item of steps has the same: they are read once then, not at each item."""
        scales = [item for item in self.instrument.items if item["kind"] == "scale"]
        shared = scales[0]["anchors"] if scales else {}
        if len(scales) < 2 or any(item["layout"] != "steps" or item["anchors"] != shared for item in scales):
            return []
        return [(step, told(titles)) for step, titles in sorted(shared.items())]

    def sheet(self) -> Sheet:
        """What was filled in, of a valid form."""
        data = self.cleaned_data
        items = rules.scored(self.instrument.items)
        return Sheet(
            scores={item["code"]: data[rules.field_name(item["code"])] for item in items},
            went_well=data["went_well"].strip(),
            to_improve=data["to_improve"].strip(),
            key=data["key"],
            is_checked=data["is_checked"],
        )


class AskedRatingForm(RatingForm):
    """Of whoever was asked: as whom, and how they saw it."""

    role = forms.ChoiceField(
        label=_("You are"),
        choices=[choice for choice in RaterRole.choices if choice[0] != RaterRole.SELF],
        widget=Radios,
        error_messages=_CHOOSE,
    )
    mode = forms.ChoiceField(label=_("You saw it"), choices=RatingMode.choices, widget=Radios, error_messages=_CHOOSE)


class AskForm(forms.Form):
    """Whom to ask, and with which instrument."""

    rater = forms.ChoiceField(label=_("Who saw it"))
    instrument = forms.ChoiceField(label=_("Instrument"))

    def __init__(self, *args: Any, raters: list[Person], instruments: list[Instrument], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("rater", [(rater.public_id, str(rater)) for rater in raters]),
            ("instrument", [(row.code, told(row.titles)) for row in instruments]),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self._raters = {rater.public_id: rater for rater in raters}
        self._instruments = {row.code: row for row in instruments}

    def chosen(self) -> tuple[Person, Instrument]:
        """Of a valid form."""
        return self._raters[self.cleaned_data["rater"]], self._instruments[self.cleaned_data["instrument"]]


def _choices(item: rules.Item) -> list[tuple[str, Any]]:
    if item["kind"] == "yes_no":
        return [(str(value), label) for value, label in NO_YES]
    return [(str(step), str(step)) for step in range(item["min"], item["max"] + 1)]
