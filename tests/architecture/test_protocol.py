"""docs/protocol.md has a row for every command, kind, error code and close code in the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from livesessions.realtime import handlers  # noqa: F401  (registers the commands)
from livesessions.realtime.commands import COMMANDS
from livesessions.realtime.protocol import Close
from livesessions.realtime.sockets import FIRST_CHUNK, FIRST_ENTRIES, LARGEST_CHUNK
from web import refusals

ROOT: Path = settings.BASE_DIR
TEXT = (ROOT / "docs" / "protocol.md").read_text()


def rows(heading: str) -> set[str]:
    """What stands in the first cells of the table below a heading; one cell may hold several, with commas."""
    section = TEXT.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    cells = re.findall(r"^\| ([^|]+) \|", section, flags=re.M)
    return {word.strip("` ") for cell in cells for word in cell.split(",")}


def calls(folder: str, name: str) -> Iterator[ast.Call]:
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and name in (getattr(node.func, "id", ""), getattr(node.func, "attr", "")):
                yield node


def literals(node: ast.expr) -> set[str]:
    return {part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def codes(folder: str) -> set[str]:
    return {
        call.args[0].value
        for call in calls(folder, "DomainError")
        if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


def test_every_command_has_its_row() -> None:
    assert set(COMMANDS) <= rows("Commands")
    assert rows("Commands") - {"command", "---", "hello", "beat", "history"} <= set(COMMANDS)


def test_every_kind_has_its_row() -> None:
    written = {
        kind
        for call in calls("livesessions/room/actions", "write")
        if len(call.args) > 1  # turn.write(stream, kind, d)
        for kind in literals(call.args[1])
    }
    assert len(written) > 10
    assert written <= rows("Kinds")


def test_every_error_code_of_the_room_has_its_row() -> None:
    raised = codes("livesessions/realtime") | {
        code for call in calls("livesessions/realtime", "err") if len(call.args) > 1 for code in literals(call.args[1])
    }
    assert len(raised) > 5
    assert raised <= rows("Error codes")


def test_every_close_code_is_told() -> None:
    assert {str(close.value) for close in Close} <= set(re.findall(r"\b4\d\d\d\b", TEXT))


@pytest.mark.parametrize("folder", ["courses", "platform", "livesessions/room", "livesessions/attendance"])
def test_every_refusal_has_its_sentence(folder: str) -> None:
    assert codes(folder) - refusals.codes() - {"cid.conflict"} == set()


def test_the_first_frames_of_a_replay_are_as_small_as_told() -> None:
    """Who writes a client for a link that dies every few kB builds on it."""
    sizes = re.search(r"frames of at most (\d+) entries and (\d+) KiB and doubles them up to (\d+) KiB", TEXT)
    assert sizes
    assert [int(figure) for figure in sizes.groups()] == [FIRST_ENTRIES, FIRST_CHUNK / 1024, LARGEST_CHUNK / 1024]
    page = (ROOT / "docs" / "architecture.md").read_text()
    assert f"at most {FIRST_ENTRIES} entries or {FIRST_CHUNK // 1024} KiB first" in page
