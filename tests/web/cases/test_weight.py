"""A case on a thin link: the form, and a case's page with one picture, each with all its CSS and scripts."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from tests import case_cast, case_factories
from tests.media_files import stored
from web.import_map import graph
from web.static_storage import small

pytestmark = pytest.mark.django_db

FORM, CASE = 22_600, 34_200  # bytes compressed; as measured, and 15 %


def compressed(text: str) -> int:
    return len(gzip.compress(text.encode(), 9))


def source(name: str) -> str:
    path = finders.find(name)
    assert isinstance(path, str), name
    return Path(path).read_text()


def files(html: str) -> set[str]:
    """Style sheets and scripts of the page, and the modules these import at once."""
    found = re.findall(rf'(?:<link rel="stylesheet" href|<script [^>]*src)="{settings.STATIC_URL}([^"?]+)"', html)
    entries = [name.removeprefix("js/") for name in found if name.startswith("js/")]
    return {*found, *(f"js/{name[1:]}" for entry in entries for name in graph(entry, at_once=True))}


def weigh(client: Client, page: str) -> tuple[int, set[str]]:
    """Bytes of the page and its files as they are served, each compressed alone, without its pictures."""
    html = client.get(page).content.decode()
    names = files(html)
    return compressed(html) + sum(compressed(small(name, source(name))) for name in names), names


def test_the_form_is_light_and_fetches_nothing_of_pictures() -> None:
    total, names = weigh(case_cast.cast().browser("author"), reverse("courses:case-create"))
    assert {"css/pages/cases/cases.css", "js/cases/main.js", "js/cases/draft.js", "js/lib/dom.js"} <= names
    assert {name for name in names if "media" in name} == set()
    assert total < FORM, f"{total} bytes in {sorted(names)}"


def test_a_case_with_a_picture_is_light() -> None:
    cast = case_cast.cast()
    stored(case_factories.medium(case=cast.case), {"small.jpg": b"s", "thumb.jpg": b"t"})
    total, names = weigh(cast.browser("reviewer"), reverse("courses:case-show", args=[cast.case.public_id]))
    assert "css/pages/media/section.css" in names
    assert total < CASE, f"{total} bytes in {sorted(names)}"
