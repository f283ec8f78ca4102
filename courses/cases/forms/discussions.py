"""The form of a remark."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.cases.models import RemarkKind
from web.form_fields import ParagraphsField

CLEARED_LABEL = _("I looked: these are no identifiers")


class RemarkForm(forms.Form):
    """`key` is made with the form, so that a remark sent twice is one; `parent` is the public id of what it replies to.
    `is_cleared` is asked only once something was found. How long and of what kind a text may be is the rules' to say.
    """

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(choices=RemarkKind.choices, widget=forms.HiddenInput, required=False)
    parent = forms.CharField(max_length=16, widget=forms.HiddenInput, required=False)
    text = ParagraphsField(label=_("Your words"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 3}))
    is_cleared = forms.BooleanField(label=CLEARED_LABEL, required=False)
    asks_clearance = False  # set when a text was refused

    def __init__(self, *args: Any, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["text"].label = label
