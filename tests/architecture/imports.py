"""Which of our modules import which, read from the source: type-checking imports count too."""

import ast
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
SOURCES = {"courses": ROOT, "livesessions": ROOT, **{path.name: path.parent for path in (ROOT / "platform").iterdir()}}


@cache
def rooms() -> list[str]:
    """The rooms of courses and livesessions, and the apps of platform, by their import names."""
    inside = [f"{house}.{path.name}" for house in ("courses", "livesessions") for path in (ROOT / house).iterdir()]
    return sorted(room for room in [*inside, *(path.name for path in (ROOT / "platform").iterdir())] if is_room(room))


def is_room(name: str) -> bool:
    folder = SOURCES[name.partition(".")[0]] / name.replace(".", "/")
    return (folder / "__init__.py").exists()


def room_of(module: str) -> str | None:
    """The room a module lies in; None for what is not ours, or stands above the rooms."""
    return next((room for room in rooms() if module == room or module.startswith(f"{room}.")), None)


@cache
def imported(room: str) -> frozenset[str]:
    """The other rooms that this one's modules import, migrations left out."""
    folder = SOURCES[room.partition(".")[0]] / room.replace(".", "/")
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                found |= {f"{node.module}.{name.name}" for name in node.names}
            elif isinstance(node, ast.Import):
                found |= {name.name for name in node.names}
    return frozenset(other for module in found if (other := room_of(module)) and other != room)
