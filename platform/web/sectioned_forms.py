"""Forms laid out in titled sections."""

from typing import Any, ClassVar

from django.forms import BaseForm, BoundField


class Sectioned(BaseForm):
    """`sections` names the fields under each title, in the order of the page."""

    sections: ClassVar[list[tuple[Any, list[str]]]] = []

    def filled_sections(self) -> list[tuple[Any, list[BoundField]]]:
        """The same with the fields themselves, for the template; a field that was taken out is left out."""
        return [(title, [self[name] for name in names if name in self.fields]) for title, names in self.sections]
