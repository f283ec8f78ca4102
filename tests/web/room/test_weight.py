"""The room must open on a telephone in Iquitos: the page with all its CSS and scripts is below 45 kB compressed."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests import factories
from web.static_storage import small

pytestmark = pytest.mark.django_db

LIMIT = 45_000
STATIC = Path(settings.BASE_DIR) / "static"


def on_disk(url: str) -> Path:
    """The source file behind a static address."""
    return STATIC / url.split("?")[0].removeprefix(settings.STATIC_URL)


def needed(html: str) -> set[Path]:
    """Style sheets and modules of the page, and everything these import."""
    modules: dict[str, str] = json.loads(re.search(r'type="importmap"[^>]*>(.+?)</script>', html)[1])["imports"]  # type: ignore[index]
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
    waiting = [on_disk(url) for url in [*sheets, *re.findall(r'<script type="module"[^>]* src="([^"]+)"', html)]]
    found: set[Path] = set()
    while waiting:
        file = waiting.pop()
        if file in found:
            continue
        found.add(file)
        text = file.read_text()
        names = re.findall(r'(?:from|import)\s*\(?"(#[^"]+)"', text) if file.suffix == ".js" else []
        waiting += [on_disk(modules[name]) for name in names]
        waiting += [file.parent / name for name in re.findall(r'@import (?:url\()?"([^"]+)"', text)]
    return found


def weight(files: set[Path]) -> int:
    """Bytes of the files as they are served, each compressed alone."""
    texts = [small(file.relative_to(STATIC).as_posix(), file.read_text()) for file in files]
    return sum(len(gzip.compress(text.encode(), 9)) for text in texts)


def test_the_room_stays_below_45_kilobytes(client: Client) -> None:
    enrolment = factories.enrolment()
    client.force_login(enrolment.person, backend="accounts.backends.PeopleBackend")
    html = client.get(reverse("livesessions:room-show", args=[enrolment.session.public_id])).content.decode()
    files = needed(html)
    names = {file.relative_to(STATIC).as_posix() for file in files}
    assert {
        "css/tokens.css",
        "css/pages/room/room.css",
        "js/room/main.js",
        "js/live/socket.js",
        "js/live/store.js",
    } <= names
    total = weight(files) + len(gzip.compress(html.encode(), 9))
    assert total < LIMIT, f"{total} bytes in {sorted(names)}"
