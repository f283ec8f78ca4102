"""The docs name files that are there."""

import re
import subprocess
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
TOLD = "allergies"  # the example of docs/architecture.md that somebody shall add
THEIRS = {"websocket", "asyncio", "daphne", "internet", "nvx", "python3.11"}  # in profiles of what we stand on
NAMED = re.compile(r"`([\w.-]+(?:/[\w.-]+)+\.(?:py|html|js|css|toml|sh|yml|template))\b")


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()


def test_every_file_that_the_docs_name_is_there() -> None:
    """A path may leave out its first folders: `cases/rules/reviews.py`."""
    files = tracked()
    there = {name[at:] for name in files for at in [0, *(m.end() for m in re.finditer("/", name))]}
    pages = [ROOT / name for name in files if name.endswith(".md")]
    named = {(path.name, name) for path in pages for name in NAMED.findall(path.read_text())}
    ours = {(page, name) for page, name in named if name.partition("/")[0] not in THEIRS and TOLD not in name}
    assert len(ours) > 60
    assert sorted((page, name) for page, name in ours if name not in there | {"platform/__init__.py"}) == []


def test_every_link_between_pages_leads_somewhere() -> None:
    pages = [ROOT / name for name in tracked() if name.endswith(".md")]
    links = [(path, to) for path in pages for to in re.findall(r"\]\(([\w./-]+?)(?:#[\w-]+)?\)", path.read_text())]
    assert len(links) > 30
    assert [f"{path.name}: {to}" for path, to in links if not (path.parent / to).exists()] == []
