"""No module of ours imports itself over others, neither for its types nor later, inside a function."""

import ast
from importlib.util import resolve_name
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


def imports_of(module: str, known: dict[str, Path]) -> set[str]:
    """The modules this one names in an import, wherever in it that stands."""
    path = known[module]
    package = module if path.stem == "__init__" else module.rpartition(".")[0]
    named: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            source = resolve_name("." * node.level + (node.module or ""), package) if node.level else node.module
            names = {f"{source}.{name.name}" for name in node.names}
            named |= {name if name in known else str(source) for name in names}
        elif isinstance(node, ast.Import):
            named |= {name.name for name in node.names}
    return named & set(known) - {module}


def graph() -> Graph:
    known = modules()
    return {module: imports_of(module, known) for module in known}


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
    assert "courses.identifiers.reading" in edges["courses.identifiers.tokens"], "a relative import counts too"
    assert circles(edges) == []
