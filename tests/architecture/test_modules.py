"""Scripts: what is generic knows no page, no page knows another, and every name leads to a module."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR / "static" / "js"
MODULES = {path.relative_to(ROOT).as_posix(): path for path in sorted(ROOT.rglob("*.js"))}
# The folders a folder may know besides itself and `lib`; `lib` knows itself alone.
KNOWN = {"room": {"live"}}
MOST_COLUMNS = 160


def imports(source: str) -> set[str]:
    """The modules that a script names, in its types too."""
    return set(re.findall(r'(?:from|import)\s*\(?\s*"#([^"]+)"', source))


def folder(name: str) -> str:
    return name.split("/")[0]


def may_know(name: str) -> set[str]:
    return {folder(name)} | KNOWN.get(folder(name), set()) | ({"lib"} if folder(name) != "lib" else set())


def strangers(name: str, source: str) -> set[str]:
    return {other for other in imports(source) if folder(other) not in may_know(name)}


@pytest.mark.parametrize("name", MODULES)
def test_a_module_knows_its_own_folder_and_what_is_generic(name: str) -> None:
    assert strangers(name, MODULES[name].read_text()) == set()


@pytest.mark.parametrize("name", MODULES)
def test_every_import_leads_to_a_module(name: str) -> None:
    assert imports(MODULES[name].read_text()) - MODULES.keys() == set()


def test_a_stranger_is_found() -> None:
    source = 'import "#lib/dom.js";\n/** @type {import("#live/client.js").Client} */\nimport "#room/chat.js";'
    assert strangers("lib/page.js", source) == {"live/client.js", "room/chat.js"}
    assert strangers("live/page.js", source) == {"room/chat.js"}
    assert strangers("cases/main.js", source) == {"live/client.js", "room/chat.js"}
    assert strangers("room/main.js", source) == set()


def test_lines_of_scripts_fit_a_screen() -> None:
    tests = sorted((settings.BASE_DIR / "tests" / "js").glob("*.js"))
    long = [
        f"{path.name}:{number}"
        for path in [*MODULES.values(), *tests]
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > MOST_COLUMNS
    ]
    assert long == []
