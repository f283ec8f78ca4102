"""The shape of the source tree."""

import ast
import platform
import re
import sys
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
CODE = ("courses", "livesessions", "platform", "scripts", "static", "templates", "tests")


def sources(*endings: str) -> list[Path]:
    return [
        path
        for folder in CODE
        for path in (ROOT / folder).rglob("*")
        if path.suffix in endings and "__pycache__" not in path.parts and "migrations" not in path.parts
    ]


def test_the_source_root_hides_nothing_of_python() -> None:
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert platform.python_version() == sys.version.split()[0]


def test_no_top_level_module_is_named_as_one_of_pythons() -> None:
    names = {path.stem for root in (ROOT, ROOT / "platform") for path in root.iterdir() if path.suffix in ("", ".py")}
    assert names & set(sys.stdlib_module_names) <= {"platform"}


def test_files_stay_readable() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in sources(".py", ".js", ".css", ".html")}
    assert {str(path.relative_to(ROOT)): length for path, length in lengths.items() if length > 300} == {}


def test_tests_are_no_packages() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_every_module_says_what_it_is_for() -> None:
    modules = {path: ast.parse(path.read_text()) for path in sources(".py")}
    said = {path: ast.get_docstring(module) for path, module in modules.items() if module.body}
    assert len(said) > 700
    assert [str(path.relative_to(ROOT)) for path, text in said.items() if not text or len(text.split()) < 2] == []


def test_modules_import_each_other_by_name() -> None:
    """A relative import in static/js would name a file without its hash."""
    relative = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in (ROOT / "static" / "js").rglob("*.js")
        for line in path.read_text().splitlines()
        if re.search(r"""(?:from|import|import\()\s*["']\.""", line)
    ]
    assert relative == []
