"""Fields of forms for what people type. Every name, title, address and text goes through one of these
(`shared.plain_text`); a test sees to it.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shared import plain_text
from shared.advertising import advertises


class LineField(forms.CharField):
    """A name, a title, a number: one line with at least a letter or digit that can be seen, nothing invisible in it."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return plain_text.line(text) or self.empty_value if text else text

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not plain_text.has_letter(value):
            raise ValidationError(_("Write it with letters or digits that can be seen."), code="text.invisible")


class PersonNameField(LineField):
    """A person's name, which goes into mails and onto screens of others: it carries no advertisement."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and advertises(value):
            raise ValidationError(
                _("Please write your name only. No web or mail address, and no telephone number."),
                code="name.advertises",
            )


class AddressField(forms.EmailField):
    """An e-mail address: one mailbox is one text, however it was typed."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return plain_text.address(text) or self.empty_value if text else text


class ParagraphsField(forms.CharField):
    """A text of any length; what cannot be seen is taken out, and where nothing is left it is empty."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return text
        kept = plain_text.paragraphs(text)
        return kept if plain_text.is_visible(kept) else self.empty_value
