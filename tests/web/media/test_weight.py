"""Looking at a picture on a thin link: the viewer's page without its pictures, and what adding files needs."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from courses.cases.models import CaseStatus
from tests import case_cast, case_factories
from tests.media_files import stored
from web.import_map import graph
from web.static_storage import small

pytestmark = pytest.mark.django_db

STATIC = Path(settings.BASE_DIR) / "static"
VIEWER, ADDING, EDITOR = 27_000, 11_000, 7_000  # bytes compressed; the editor comes with the first photo


def weight(names: set[str]) -> int:
    """Bytes of static files as they are served, each compressed alone."""
    return sum(len(gzip.compress(small(name, (STATIC / name).read_text()).encode(), 9)) for name in names)


def modules(entry: str) -> set[str]:
    return {f"js/{entry}", *(f"js/{name.removeprefix('#')}" for name in graph(entry, at_once=True))}


def test_the_viewer_is_light_and_fetches_no_editor() -> None:
    cast = case_cast.cast()
    medium = stored(case_factories.medium(case=cast.case), {"small.jpg": b"s", "thumb.jpg": b"t"})
    html = cast.browser("mentor").get(reverse("courses:medium-show", args=[medium.public_id])).content.decode()
    sheets = re.findall(rf'<link rel="stylesheet" href="{settings.STATIC_URL}([^"?]+)"', html)
    needed = {*sheets, *modules("media/viewer.js"), *modules("site/main.js")}
    assert "css/pages/media/viewer.css" in needed and "js/media/annotations_tools.js" in needed
    assert {name for name in needed if "editor" in name or "upload" in name} == set()
    total = weight(needed) + len(gzip.compress(html.encode(), 9))
    assert total < VIEWER, f"{total} bytes in {sorted(needed)}"


def test_adding_files_is_light_and_the_editor_comes_with_the_first_photo() -> None:
    adding, editor = modules("media/main.js"), modules("media/editor.js")
    assert {name for name in adding if "editor" in name} == set()
    assert weight(adding) < ADDING, weight(adding)
    assert weight(editor - adding) < EDITOR, weight(editor - adding)


def test_nothing_of_it_is_fetched_where_nothing_can_be_added() -> None:
    cast = case_cast.cast(status=CaseStatus.SENT_BACK)
    page = reverse("courses:case-show", args=[cast.case.public_id])
    for actor, is_there in (("author", True), ("mentor", False)):
        html = cast.browser(actor).get(page).content.decode()
        scripts = re.findall(r'<script type="module"[^>]* src="([^"]+)"', html)
        assert any("js/media/main.js" in address for address in scripts) is is_there
        assert ("data-uploads" in html) is is_there
