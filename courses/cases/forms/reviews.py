"""The forms of a review: its words, its recommendations, and the short ones around it."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from courses.cases.actions.recommendations import Item, Written, written_in
from courses.cases.forms.discussions import CLEARED_LABEL
from courses.cases.models import Adherence, CaseReview, ReferralAdvice, Strength
from web.form_fields import LineField, ParagraphsField

SPARE_ROWS = 2


class ItemForm(forms.Form):
    text = ParagraphsField(label=_("Recommendation"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    strength = forms.ChoiceField(label=_("How strong"), choices=Strength.choices, required=False)


Items = formset_factory(ItemForm, extra=SPARE_ROWS)


class ReviewForm(forms.Form):
    """`revision` is the one the writer saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    summary = ParagraphsField(
        label=_("The case in two sentences"),
        help_text=_("As you understood it. The author confirms it before you go on."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    referral = forms.ChoiceField(
        label=_("Referral"), choices=[("", _("Not said yet")), *ReferralAdvice.choices], required=False
    )
    referral_where = LineField(
        label=_("Where to"), help_text=_("Province and level of the hospital, no names."), required=False
    )
    learning_points = ParagraphsField(
        label=_("Learning points"),
        help_text=_("One per line: what the next surgeon should know."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_cleared = forms.BooleanField(label=CLEARED_LABEL, required=False)
    asks_clearance = False  # set when a text was refused


class Writing:
    """The form of a review together with the rows of its recommendations."""

    def __init__(self, review: CaseReview, data: Mapping[str, Any] | None = None) -> None:
        kept = written_in(review)
        self.form = ReviewForm(data, initial={"revision": review.revision, **_plain(kept)})
        rows = [{"text": item.text, "strength": item.strength} for item in kept.items]
        # Without an initial value a typed row always counts as changed, also when it was saved before.
        self.items: BaseFormSet[ItemForm] = Items(data, prefix="items", initial=rows if data is None else None)

    def is_valid(self) -> bool:
        """Both are judged, so that both show their faults."""
        return all([self.form.is_valid(), self.items.is_valid()])

    def written(self) -> Written:
        """What was typed; empty rows are left out. Only of valid forms."""
        data = self.form.cleaned_data
        rows = [row.cleaned_data for row in self.items.forms]
        items = [
            Item(row["text"].strip(), Strength(row.get("strength") or Strength.STRONG))
            for row in rows
            if row.get("text", "").strip()
        ]
        return Written(
            summary=_lines(data["summary"]).strip(),
            referral=data["referral"],
            referral_where=data["referral_where"],
            learning_points=_lines(data["learning_points"]).strip(),
            items=tuple(items),
        )


class ReasonForm(forms.Form):
    """One text with a reason; `name` is the field's, so that errors find it."""

    def __init__(self, *args: Any, name: str, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[name] = ParagraphsField(
            label=label, required=False, strip=False, widget=forms.Textarea(attrs={"rows": 3})
        )


class CorrectionForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = ParagraphsField(
        label=_("What is not so"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_cleared = forms.BooleanField(label=CLEARED_LABEL, required=False)
    asks_clearance = False


class AdherenceForm(forms.Form):
    done = forms.ChoiceField(label=_("Was it done?"), choices=Adherence.choices, widget=forms.RadioSelect)
    why = ParagraphsField(
        label=_("Why not, or what instead"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_cleared = forms.BooleanField(label=CLEARED_LABEL, required=False)
    asks_clearance = False


def _plain(written: Written) -> dict[str, str]:
    names = ("summary", "referral", "referral_where", "learning_points")
    return {name: getattr(written, name) for name in names}


def _lines(text: str) -> str:
    """Browsers send line ends as CRLF."""
    return text.replace("\r\n", "\n")
