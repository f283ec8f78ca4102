"""Form controls that Django's own are too slow or too loose for."""

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class LongSelect(forms.Select):
    """A select of hundreds of options, written in one go: Django renders a template for each of them.

    Flat choices only.
    """

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, SafeString(" selected") if str(key) == chosen else "", label) for key, label in self.choices),
        )
        return format_html(
            "<select{}>{}</select>", _flat({"name": name, **self.build_attrs(self.attrs, attrs)}), options
        )


class Radios(forms.RadioSelect):
    """Radio buttons of which only the first takes the focus when the group has it."""

    def create_option(
        self, name: str, value: Any, label: Any, selected: bool, index: int, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        option = super().create_option(name, value, label, selected, index, *args, **kwargs)
        if index:
            option["attrs"].pop("autofocus", None)
        return option


def _flat(attrs: dict[str, Any]) -> SafeString:
    """As Django's `django/forms/widgets/attrs.html`: True stands alone, False and None are left out."""
    kept = ((key, value) for key, value in attrs.items() if value is not False and value is not None)
    return SafeString(
        "".join(
            format_html(" {}", key) if value is True else format_html(' {}="{}"', key, value) for key, value in kept
        )
    )
