"""The project speaks of itself alone: no addresses of package registries, no paths of anybody's machine."""

import re
import subprocess
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
# Written in pieces, so that this file is clean too.
FOREIGN = re.compile(
    "|".join(["registry" + r"\.npmjs", "files" + r"\.pythonhosted", "pypi" + r"\.org", r"/(?:home|root|work)" + "/"])
)
READ = {".py", ".js", ".css", ".html", ".md", ".txt", ".in", ".json", ".toml", ".yml", ".template", ".po", ".sh", ""}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines()]


def test_no_foreign_addresses() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in tracked()
        if path.suffix in READ and path.exists()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if FOREIGN.search(line)
    ]
    assert found == []


def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_every_requirement_is_pinned_with_its_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-uv.txt"):
        text = (ROOT / name).read_text()
        pins = re.findall(r"^[A-Za-z0-9._-]+(?:\[[a-z,0-9-]+\])?==\S+ \\$", text, flags=re.M)
        named = re.findall(r"^[A-Za-z0-9].*$", text, flags=re.M)
        assert len(pins) == len(named) > (0 if name == "requirements-uv.txt" else 10)
