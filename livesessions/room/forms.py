"""What is typed on the room's pages that work without scripts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from web.form_fields import ParagraphsField


class NoteForm(forms.Form):
    """A note to the safety record; the action knows its limit."""

    text = ParagraphsField(label=_("What happened, or why"), strip=False, widget=forms.Textarea(attrs={"rows": 3}))
