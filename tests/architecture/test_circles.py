"""No module of ours imports itself over others, not even for its types."""

import ast
from pathlib import Path

from tests.architecture.imports import ROOT

Graph = dict[str, set[str]]


def modules() -> dict[str, Path]:
    """Ours, by import name; a package stands under its own name, for its `__init__`."""
    paths = {}
    for top, root in (("courses", ROOT), ("livesessions", ROOT), ("platform", ROOT / "platform")):
        for path in (ROOT / top).rglob("*.py"):
            name = path.relative_to(root).with_suffix("").as_posix().replace("/", ".")
            if "migrations" not in path.parts:
                paths[name.removesuffix(".__init__")] = path
    return paths


def imports_of(tree: ast.Module, known: dict[str, Path]) -> set[str]:
    """The modules that are imported while this one is, or for its types alone; not those a function imports later."""
    later = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
    }
    named: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in later:
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{name.name}" for name in node.names}
            named |= {name if name in known else node.module for name in names}
        elif isinstance(node, ast.Import):
            named |= {name.name for name in node.names}
    return named & set(known)


def graph() -> Graph:
    known = modules()
    return {name: imports_of(ast.parse(path.read_text()), known) - {name} for name, path in known.items()}


def circles(edges: Graph) -> list[set[str]]:
    """What is left when whoever imports nothing, or is imported by nobody, is taken away again and again."""
    left = {name: set(needed) for name, needed in edges.items()}
    while gone := {name for name, needed in left.items() if not needed or not any(name in n for n in left.values())}:
        left = {name: needed - gone for name, needed in left.items() if name not in gone}
    return [set(left)] if left else []


def test_a_circle_would_be_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}, "e": set()}) == [{"a", "b", "c"}]
    assert circles({"a": {"b"}, "b": {"c"}, "c": set()}) == []


def test_there_is_none() -> None:
    edges = graph()
    assert len(edges) > 500
    assert circles(edges) == []
