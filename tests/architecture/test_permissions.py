"""docs/permissions.md has a row for every address and every command, and none for what does not exist."""

import re
from fnmatch import fnmatchcase
from pathlib import Path

from django.conf import settings

from livesessions.realtime import handlers  # noqa: F401  (registers the commands)
from livesessions.realtime.commands import COMMANDS
from livesessions.room.policies import ROLE_COMMANDS, ROLES
from tests import addresses

COMMANDS_HEADING = "## Commands of the room\n"
TEXT = (Path(settings.BASE_DIR) / "docs" / "permissions.md").read_text()


def commands_section() -> str:
    return TEXT.split(COMMANDS_HEADING, 1)[1].split("\n## ", 1)[0]


def declared_addresses() -> list[str]:
    """First cells of every other table; a cell may hold several names, and `*` stands for a family of them."""
    rest = TEXT.replace(commands_section(), "")
    cells = re.findall(r"^\| ([^|]+) \|", rest, flags=re.M)
    return [name.strip("` ") for cell in cells if cell != "address" for name in cell.split(",")]


def test_every_address_has_its_row() -> None:
    there, declared = {*addresses.named(), *addresses.of_transport()}, declared_addresses()
    assert len(there) > 100
    assert [name for name in sorted(there) if not any(fnmatchcase(name, row) for row in declared)] == []


def test_every_row_is_about_an_address() -> None:
    there, declared = {*addresses.named(), *addresses.of_transport()}, declared_addresses()
    assert [row for row in declared if not any(fnmatchcase(name, row) for name in there)] == []
    assert sorted(declared) == sorted(set(declared))


def test_stars_are_for_the_back_office_alone() -> None:
    assert [row for row in declared_addresses() if "*" in row and not row.startswith("admin:")] == []


def test_every_command_has_a_policy() -> None:
    assert {*COMMANDS, "hello", "beat", "history"} == set(ROLE_COMMANDS)


def test_the_table_of_commands_is_the_policy() -> None:
    lines = re.findall(r"^\|(.+)\|$", commands_section(), flags=re.M)
    head, _rule, *rows = ([cell.strip() for cell in line.split("|")] for line in lines)
    assert head == ["command", *ROLES]
    told = {do: {role for role, cell in zip(ROLES, cells, strict=True) if cell == "yes"} for do, *cells in rows}
    assert told == ROLE_COMMANDS
    assert {cell for _do, *cells in rows for cell in cells} == {"yes", "–"}
