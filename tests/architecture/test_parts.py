"""The table of parts that are away, in docs/reliability.md, and its tests name each other."""

import ast
import re

from django.conf import settings

ROOT = settings.BASE_DIR


def rows() -> list[list[str]]:
    text = (ROOT / "docs" / "reliability.md").read_text().split("## Parts that are away\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines][1:]


def test_every_part_has_its_test_and_every_test_its_part() -> None:
    tree = ast.parse((ROOT / "tests" / "faults" / "test_parts.py").read_text())
    tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}
    named = [re.sub("`", "", row[3]) for row in rows()]
    assert sorted(named) == sorted(tests)


def test_every_part_says_what_works_and_what_is_seen() -> None:
    assert len(rows()) >= 8
    assert all(len(row) == 4 and all(row) for row in rows())
