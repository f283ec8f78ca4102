"""Words for what is not there: no picture and no sound goes through a room, and nobody is given a certificate. Whoever
brings one of them takes its row out.
"""

import re
from pathlib import Path

from django.conf import settings

from demo.story.dialogue import ENDED_DIALOGUE, LIVE_DIALOGUE

ROOT: Path = settings.BASE_DIR
NOT_THERE = {
    "pictures from the operating room": re.compile(r"broadcast|sees? or hears?|watch, ask|you watch\b", re.IGNORECASE),
    "certificates": re.compile(r"certificates?\b", re.IGNORECASE),
}
PAGES = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]
CODE = [path for room in ("courses", "livesessions", "platform") for path in (ROOT / room).rglob("*.py")]
PROMISES_OTHERS = {"templates/web/styleguide.html", "templates/logbook/logbook.html"}  # how buttons look; cases watched


def said(text: str) -> list[str]:
    """What people read, of a template or a module."""
    quoted = re.findall(r"""_\(\s*(["'])(.*?)\1\s*\)""", text, re.DOTALL)
    tags = re.findall(r"""{% translate (["'])(.*?)\1""", text)
    blocks = re.findall(r"{% blocktranslate[^%]*%}(.*?){% endblocktranslate", text, re.DOTALL)
    return [words for _, words in [*quoted, *tags]] + blocks


def test_no_page_promises_what_is_not_there() -> None:
    promised = []
    for path in (*PAGES, *CODE):
        name = path.relative_to(ROOT).as_posix()
        if name in PROMISES_OTHERS:
            continue
        for words in said(path.read_text()):
            promised += [(name, what, words[:60]) for what, pattern in NOT_THERE.items() if pattern.search(words)]
    assert promised == []


def test_nobody_in_the_demonstration_sees_what_nobody_can_see() -> None:
    sights = re.compile(r"cámara|se ve\b|se oye|ver de nuevo|en pantalla|la imagen", re.IGNORECASE)
    assert [step.text for step in (*LIVE_DIALOGUE, *ENDED_DIALOGUE) if sights.search(step.text)] == []


def test_a_stop_says_what_it_closes_and_what_it_cannot() -> None:
    wall = " ".join((ROOT / "templates/room/wall.html").read_text().split())
    assert "Chat, questions, votes and hands are closed for everybody." in wall
    assert "a camera or a call must be stopped where it runs." in wall
