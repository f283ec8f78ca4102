"""What reads does not write: queries, policies and rules make no change."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.imports import ROOT

READING = ("queries", "policies", "rules")
WRITES = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "save", "select_for_update"}
# A dict, a set and a hash have these too: they count after a manager or a filter.
WRITES_ON_QUERYSETS = {"update", "delete"}


def reading() -> list[Path]:
    tops = [ROOT / "courses", ROOT / "livesessions", ROOT / "platform"]
    paths = [path for top in tops for path in top.rglob("*.py")]
    return [path for path in paths if {path.stem, *(parent.name for parent in path.parents)} & set(READING)]


def writes(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        on = ast.unparse(node.func.value)
        is_queryset = ".objects" in on or ".filter(" in on or "_manager" in on
        if node.func.attr in WRITES or (node.func.attr in WRITES_ON_QUERYSETS and is_queryset):
            yield f"{node.lineno}: {on}.{node.func.attr}"


@pytest.mark.parametrize(
    "source", ["Room.objects.get_or_create(pk=1)", "room.save()", "Case.objects.all().update(a=1)"]
)
def test_a_write_would_be_found(source: str) -> None:
    assert len(list(writes(source))) == 1


def test_what_reads_does_not_write() -> None:
    paths = reading()
    assert len(paths) > 80
    lines = [f"{path.relative_to(ROOT)}:{line}" for path in paths for line in writes(path.read_text())]
    assert lines == []
