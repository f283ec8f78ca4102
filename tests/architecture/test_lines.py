"""Lines one can review: 120 columns are the habit, 160 the limit, in everything that reaches the browser."""

import re
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
MOST = 160
# Where a style sheet may be asked for outside a page's head block: these are heads, or have none of ours.
HEADS = {"base.html", "400.html", "500.html", "503.html"}


def sources() -> list[Path]:
    return [path for top in ("templates", "static") for path in (ROOT / top).rglob("*.*")]


def test_no_line_is_longer_than_a_screen() -> None:
    paths = [path for path in sources() if path.suffix in {".html", ".css", ".js"}]
    assert len(paths) > 300
    long = [
        f"{path.relative_to(ROOT)}:{number}: {len(line)} columns"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > MOST
    ]
    assert long == []


def test_style_sheets_are_asked_for_in_the_head() -> None:
    """One that comes with the body makes a phone on a thin link draw the page twice."""
    templates = [path for path in (ROOT / "templates").rglob("*.html") if path.name not in HEADS]
    in_bodies = [
        str(path.relative_to(ROOT))
        for path in templates
        if 'rel="stylesheet"' in re.sub(r"\{% block head %\}.*?\{% endblock %\}", "", path.read_text(), flags=re.S)
    ]
    assert in_bodies == []
