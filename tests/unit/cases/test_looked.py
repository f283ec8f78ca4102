"""How a text is shown with what was found in it."""

import re
from types import SimpleNamespace

from django.template.loader import render_to_string


def test_a_text_is_shown_with_its_own_line_breaks_alone() -> None:
    pieces = [
        SimpleNamespace(kind="", text="Seen by "),
        SimpleNamespace(kind="name", text="Ana"),
        SimpleNamespace(kind="", text=".\nTwo days."),
    ]
    text = SimpleNamespace(label="history", field="history", pieces=pieces, found=[])
    page = render_to_string("cases/_looked.html", {"text": text, "ticked": [], "edit_url": ""})
    shown = re.search(r'<p class="looked-text">(.*?)</p>', page, flags=re.S)
    assert shown
    assert re.sub(r"<[^>]*>", "", shown[1]) == "Seen by Ana name.\nTwo days."
